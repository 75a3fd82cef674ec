package io.cairn.sim.kademlia;

/**
 * Something that must hold of a whole network and did not.
 *
 * @param invariant its name: {@code unique-ids}
 * @param atMillis when it was seen, in virtual time
 * @param what who and how
 */
public record BrokenInvariant(String invariant, long atMillis, String what) {
    @Override
    public String toString() {
        return invariant + " at " + atMillis + " ms: " + what;
    }
}
