package io.cairn.transfer.content;

/** What happens to entries of a folder that cannot be part of a share. */
public enum OddEntries {
    /** The share is refused. */
    REFUSE,

    /**
     * Links that lead outside or nowhere, pipes, sockets, devices, and names that no share can have are left out. What cannot be read is
     * refused.
     */
    LEAVE_OUT,

    /** What cannot be read is left out too. */
    LEAVE_OUT_UNREADABLE
}
