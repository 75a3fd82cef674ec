package io.cairn.transfer.swarm.port;

/** Why a peer is not sent what it asks for. */
public enum RefusalReason {
    /** The share is not here. */
    NOT_SHARED,
    /** These blocks are not here; where the whole share is refused, its manifest is not here yet. */
    NOT_HAD,
    /** The file is no longer what was shared. */
    CHANGED,
    /** Too much is asked for already. */
    BUSY,
    /** The peer has cancelled its request. */
    CANCELLED
}
