package io.cairn.sim.kademlia;

/** What an adversary does with a request. */
public enum Behaviour {
    /** Answers nothing. */
    SILENT,
    /** Answers a PING, so that it stays in tables; of contacts it names only the colluding ones closest to the target, and keeps no record. */
    LYING,
    /** Answers a PING; names contacts close to the target that nobody has, gives records that nobody signed, and keeps none. */
    POISONING
}
