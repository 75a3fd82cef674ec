package io.cairn.transfer.swarm.port;

/** Why a peer is refused what it requests. */
public enum RefusalReason {
    /** The share is not here. */
    NOT_SHARED,
    /** These blocks are not here; if the whole share is refused, its manifest is not here yet. */
    NOT_HAD,
    /** The file has changed since it was shared. */
    CHANGED,
    /** Too much is requested already. */
    BUSY,
    /** The peer has cancelled its request. */
    CANCELLED
}
