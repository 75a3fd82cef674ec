/**
 * Chord (Stoica et al., IEEE/ACM Transactions on Networking 11(1), 2003) and its measured runs, for comparison with Kademlia: ring, fingers
 * and look-up do no IO, and {@link io.cairn.sim.chord.ChordNode} connects them to the ports of {@code dht.env}. It knows the simulated
 * network and the sizes of {@code dht.wire}; its messages have no encoding, so it runs nowhere else.
 */
@NullMarked
package io.cairn.sim.chord;

import org.jspecify.annotations.NullMarked;
