/**
 * The library as other modules see it: the interface and its values. It knows identifiers, keys and the algorithms' limits, and nothing of
 * how a node works.
 */
@NullMarked
package io.cairn.dht;

import org.jspecify.annotations.NullMarked;
