package io.cairn.app;

import java.nio.ByteBuffer;

/**
 * Verified bytes of a file in a share.
 *
 * @param offset of the first byte in the file
 * @param fileBytes the length of the whole file
 * @param bytes read-only; empty past the end of the file
 */
public record Excerpt(long offset, long fileBytes, ByteBuffer bytes) {
    /** Most bytes that one read returns: bounds the memory of one request. */
    public static final int BYTES_MAX = 8 << 20;

    public Excerpt {
        bytes = bytes.asReadOnlyBuffer();
    }
}
