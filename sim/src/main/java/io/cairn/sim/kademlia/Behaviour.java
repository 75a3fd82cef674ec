package io.cairn.sim.kademlia;

/** An adversary's response to requests. */
public enum Behaviour {
    /** Never answers. */
    SILENT,
    /** Answers a PING, so that it stays in tables; names only the colluding contacts closest to the target, and keeps no record. */
    LYING,
    /** Answers a PING; names made-up contacts close to the target, returns unsigned records, and keeps none. */
    POISONING,
    /** Answers a PING; names only the colluding contacts; keeps the first version of each record, and shows it for ever. */
    STALE
}
