package io.cairn.transfer.content;

/** What a fetch does when its target exists. The state database stores the constant's name. */
public enum OnExisting {
    /** Leaves the target and fails. */
    REFUSE,
    /** Replaces the target once the new copy is verified. */
    OVERWRITE,
    /** Takes the next free name: {@code NAME (1).EXT}. */
    RENAME
}
