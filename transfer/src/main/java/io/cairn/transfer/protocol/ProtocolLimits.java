package io.cairn.transfer.protocol;

import io.cairn.transfer.content.manifest.ManifestCodec;

/** Limits that are part of the specification: both sides keep them, and exceeding them violates the protocol. */
public final class ProtocolLimits {
    /** Longest frame with a message, in bytes: a manifest part or the bitfield of the largest share, and its envelope. */
    public static final int MESSAGE_FRAME_BYTES_MAX = 320 * 1024;

    /** Longest frame before HELLO, in bytes: a HELLO has less than 400. */
    public static final int HELLO_FRAME_BYTES_MAX = 1_024;

    /** Longest frame with bytes of a chunk, in bytes: other messages wait for at most one of these. */
    public static final int DATA_FRAME_BYTES_MAX = 256 * 1024;

    /** Most chunks of a share: its bitfield then has 128 KiB, and it is 8 TiB long. */
    public static final int CHUNK_COUNT_MAX = ManifestCodec.CHUNKS_MAX;

    /** Longest part of a manifest in one message, in bytes. */
    public static final int MANIFEST_PART_BYTES_MAX = 256 * 1024;

    /** Longest manifest in bytes, as {@link ManifestCodec} reads it: {@link #CHUNK_COUNT_MAX} digests of both kinds and the names of most shares. */
    public static final int MANIFEST_BYTES_MAX = ManifestCodec.BYTES_MAX;

    /** Most chunk numbers in one message. */
    public static final int CHUNKS_PER_MESSAGE_MAX = 512;

    /** Most peers in one message. */
    public static final int PEERS_PER_MESSAGE_MAX = 64;

    /** Most chunk keys in one message. */
    public static final int KEYS_PER_MESSAGE_MAX = 256;

    /** Longest chunk in bytes, the limit of manifests. */
    public static final int CHUNK_BYTES_MAX = 64 * 1024 * 1024;

    /** Longest body of a question or an answer in bytes. */
    public static final int TALK_BYTES_MAX = 64 * 1024;

    /** Longest name of a program in HELLO, in characters. */
    public static final int AGENT_CHARACTERS_MAX = 64;

    /** How far a sender's clock may be off, in milliseconds. */
    public static final long TIME_WINDOW_MILLIS = 5 * 60 * 1_000L;

    /** Protocol violations with intact framing until the session is closed. */
    public static final int VIOLATIONS_MAX = 3;

    private ProtocolLimits() {}
}
