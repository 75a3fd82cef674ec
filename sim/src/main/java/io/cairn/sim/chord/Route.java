package io.cairn.sim.chord;

/** The routing of a look-up. */
public enum Route {
    /** From successor to successor: O(N) steps (section IV-B of the paper). */
    SUCCESSORS,

    /** By fingers, and the successor where no finger is nearer: half of log2 N steps (section IV-C). */
    FINGERS,

    /** By fingers and the successor list, whichever is nearest: about half of log2 r steps less, for r successors. */
    FINGERS_AND_SUCCESSOR_LIST
}
