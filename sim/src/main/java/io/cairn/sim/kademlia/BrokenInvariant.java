package io.cairn.sim.kademlia;

/**
 * A violation of an invariant of the whole network.
 *
 * @param invariant its name: {@code unique-ids}
 * @param atMillis when it was found, in virtual time
 * @param what the node and the details
 */
public record BrokenInvariant(String invariant, long atMillis, String what) {
    @Override
    public String toString() {
        return invariant + " at " + atMillis + " ms: " + what;
    }
}
