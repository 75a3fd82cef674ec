package io.cairn.transfer.store;

/** What is to be done with an unfinished fetch. In the database by its name. */
public enum FetchState {
    /** To be gone on with at the next start. */
    ACTIVE,
    /** To be left alone until the user says so. */
    PAUSED
}
