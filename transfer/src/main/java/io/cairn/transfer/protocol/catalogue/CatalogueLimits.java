package io.cairn.transfer.protocol.catalogue;

/** The limits of a catalogue, so that a stranger's costs bounded memory and time. */
public final class CatalogueLimits {
    /** Longest page in bytes; leaves room for the envelope of an answer. */
    public static final int PAGE_BYTES_MAX = 60 * 1024;

    /** Bytes of a page that are neither entries nor removals, at most. */
    public static final int PAGE_HEAD_BYTES = 64;

    /** Most entries that a node lists, and that are accepted from one. */
    public static final int ENTRIES_MAX = 10_000;

    /** Longest name in UTF-8 bytes, as in a manifest. */
    public static final int NAME_BYTES_MAX = 255;

    /** Bytes of one removal. */
    public static final int REMOVAL_BYTES = 8;

    private CatalogueLimits() {}
}
