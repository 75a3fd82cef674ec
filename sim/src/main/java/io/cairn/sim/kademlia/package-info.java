/**
 * Networks of production nodes in virtual time: churn, adversaries, and the invariants that every network must keep. It knows {@code dht}
 * and the simulated network, and neither Chord nor scenarios.
 */
@NullMarked
package io.cairn.sim.kademlia;

import org.jspecify.annotations.NullMarked;
