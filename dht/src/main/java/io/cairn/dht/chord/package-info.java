/**
 * Chord (Stoica et al., IEEE/ACM Transactions on Networking 11(1), 2003), to compare Kademlia with. The ring, the fingers and the look-up
 * are without IO; {@link io.cairn.dht.chord.ChordNode} carries them out on the ports of {@link io.cairn.dht.env}. Its messages have
 * no encoding: it runs in the simulator only.
 */
@NullMarked
package io.cairn.dht.chord;

import org.jspecify.annotations.NullMarked;
