/** Keeps the routing table healthy: joins, probes, refreshes, and greets neighbours. It knows look-ups and requests. */
@NullMarked
package io.cairn.dht.node.upkeep;

import org.jspecify.annotations.NullMarked;
