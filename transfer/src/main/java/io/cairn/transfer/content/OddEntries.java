package io.cairn.transfer.content;

/** How to handle entries of a folder that cannot be part of a share. */
public enum OddEntries {
    /** Refuses the share. */
    REFUSE,

    /**
     * Leaves out links that point outside or nowhere, pipes, sockets, devices, and invalid names. Refuses the share if an
     * entry is unreadable.
     */
    LEAVE_OUT,

    /** Leaves out unreadable entries too. */
    LEAVE_OUT_UNREADABLE
}
