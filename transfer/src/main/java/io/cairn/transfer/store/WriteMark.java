package io.cairn.transfer.store;

import io.cairn.dht.crypto.NativeCrypto;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.FileStamp;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.TimeUnit;

/**
 * A mark in the time of the last modification, by which a later run knows that the last write to a file was a fetch's own though no
 * journal had the time to say so: the microseconds of the second are a digest of the share, the file and that second. Another program's
 * write leaves the clock's, which are these once in a million times, and has nanoseconds besides. It guards against accidents, not
 * against a program that forges times.
 */
final class WriteMark {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MICROS = TimeUnit.SECONDS.toMicros(1);

    private WriteMark() {}

    /** The stamp of a file with the mark in its time. */
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

    /** Whether a file that a journal knows by one stamp, and that has another now, was last written by a fetch of this share. */
    static boolean follows(Key hash, FileStamp journalled, FileStamp now) {
        return now.size() == journalled.size()
                && now.fileKey().equals(journalled.fileKey())
                && now.modifiedNanos() >= journalled.modifiedNanos()
                && now.equals(on(hash, now));
    }
}
