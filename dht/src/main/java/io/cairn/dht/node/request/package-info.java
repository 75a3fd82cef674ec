/**
 * This node's requests to others: their answers and time-outs, write tokens, and the addresses at which it is seen. It knows the algorithms
 * and the ports, and no other room of the node.
 */
@NullMarked
package io.cairn.dht.node.request;

import org.jspecify.annotations.NullMarked;
