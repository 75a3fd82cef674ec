/**
 * What this node asks of others: requests, their answers and time-outs, write tokens, and the addresses it is seen at. It knows the
 * algorithms and the ports, and no other room of the node.
 */
@NullMarked
package io.cairn.dht.node.request;

import org.jspecify.annotations.NullMarked;
