package io.cairn.transfer.content;

/** What a fetch does when something is where its share is to be. In the state database by its name. */
public enum OnExisting {
    /** Leaves it, and fails. */
    REFUSE,
    /** Replaces it, once all that was fetched is verified. */
    OVERWRITE,
    /** Takes the next free name: {@code NAME (1).EXT}. */
    RENAME
}
