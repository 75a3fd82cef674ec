/**
 * A network in memory under virtual time, from one seed: the events, the hosts with the ports of a node, and the travel of datagrams
 * between them. It knows the ports and the ids of {@code dht}, and no protocol that runs on it.
 */
@NullMarked
package io.cairn.sim.network;

import org.jspecify.annotations.NullMarked;
