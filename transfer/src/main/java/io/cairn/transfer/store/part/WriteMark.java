package io.cairn.transfer.store.part;

import io.cairn.dht.crypto.NativeCrypto;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.hashing.FileStamp;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.TimeUnit;

/**
 * A mark in a file's modification time, by which a later run knows that the last write was the fetch's own even if the journal
 * could not record it: the microseconds of the second are a digest of the share, the file and that second. A write by another
 * program sets the clock's time, whose microseconds match once in a million times, and which has nanoseconds besides. The mark guards
 * against accidents, not against forged times.
 */
final class WriteMark {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MICROS = TimeUnit.SECONDS.toMicros(1);

    private WriteMark() {}

    /** A file's stamp with the mark in its time. */
    static FileStamp on(Key hash, FileStamp stamp) {
        long seconds = Math.floorDiv(stamp.modifiedNanos(), SECOND_NANOS);
        MessageDigest digest = NativeCrypto.sha256();
        digest.update(hash.toHex().getBytes(StandardCharsets.US_ASCII));
        digest.update(stamp.fileKey().getBytes(StandardCharsets.UTF_8));
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, seconds));
        long micros = Math.floorMod(ByteBuffer.wrap(digest.digest()).getLong(), MICROS);
        return new FileStamp(
                stamp.size(), seconds * SECOND_NANOS + TimeUnit.MICROSECONDS.toNanos(micros), stamp.fileKey());
    }

    /** Whether a file with one stamp in the journal and another on disk was last written by a fetch of this share. */
    static boolean follows(Key hash, FileStamp journalled, FileStamp now) {
        return now.size() == journalled.size()
                && now.fileKey().equals(journalled.fileKey())
                && now.modifiedNanos() >= journalled.modifiedNanos()
                && now.equals(on(hash, now));
    }
}
