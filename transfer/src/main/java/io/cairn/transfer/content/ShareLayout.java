package io.cairn.transfer.content;

/** How the files of a folder lie in its stream. Part of what a share's hash stands for. */
public enum ShareLayout {
    /** One after the other: the fewest chunks, and the same hash for the same content everywhere. */
    PACKED,

    /**
     * Every file of at least a chunk begins a chunk and shares none of its chunks with other files, so a change of one moves no other.
     * Padding fills the gaps (BEP 47). For folders that change.
     */
    ALIGNED
}
