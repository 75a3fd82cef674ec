/**
 * Services in the hash table: announced under what they can do, found by it from any node. It uses the table only as its users do, and
 * runs on the loop of its node.
 */
@NullMarked
package io.cairn.dht.service;

import org.jspecify.annotations.NullMarked;
