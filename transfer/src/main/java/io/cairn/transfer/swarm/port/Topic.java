package io.cairn.transfer.swarm.port;

/** What a {@link Question} is about. */
public enum Topic {
    /** What a node lists for the asker. */
    CATALOGUE,
    /** The secret of a share that is for the asker. */
    SECRET,
    /** The asker asks to be asked again for secrets that it drew. */
    RENEWAL,
    /** A step of the key exchange of a spoken code. */
    CODE,
    /** A share that is for the node that is asked. */
    GIFT
}
