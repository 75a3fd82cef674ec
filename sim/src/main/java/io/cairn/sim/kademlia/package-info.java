/**
 * Whole networks of production nodes in virtual time: churn, adversaries, and the invariants that must hold of every one of them. It knows
 * {@code dht} and the simulated network, and neither Chord nor scenarios.
 */
@NullMarked
package io.cairn.sim.kademlia;

import org.jspecify.annotations.NullMarked;
