package io.cairn.transfer.store.state;

/** What the next start does with an unfinished fetch. The database stores the constant's name. */
public enum StoredFetchState {
    /** It resumes. */
    ACTIVE,
    /** It waits for the user. */
    PAUSED
}
