/**
 * Services that nodes offer, found by what they can do: announces those of this node and finds those of all nodes. It knows the hash table and
 * the stored state, and nothing of shares and fetches.
 */
@NullMarked
package io.cairn.app.services;

import org.jspecify.annotations.NullMarked;
