package io.cairn.app.doctor.machine;

import io.cairn.transfer.store.file.DiskSpace;
import io.cairn.transfer.store.file.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.function.LongSupplier;

/**
 * Writes a file to a folder, forces it to the disk and reads it again. At most 32 MiB, and no longer than about a second of writing. The file
 * has no name while it is open where the system allows that, so nothing is left behind, even if the process is killed; elsewhere the system
 * deletes it when it is closed.
 */
final class DiskProbe {
    static final long BYTES_MAX = 32L << 20;

    private static final int BLOCK_BYTES = 1 << 20;
    private static final long WRITE_NANOS_MAX = 1_000_000_000;
    private static final int SEED = 7;

    private DiskProbe() {}

    /**
     * What a disk did.
     *
     * @param freeBytes usable by this user, before the test; the largest number if the system does not tell
     * @param bytes written and read; 0 if too little is free to measure anything
     * @param writeNanos including the time to force it to the disk
     * @param readNanos most likely from memory
     * @param isIntact whether what was read is what was written
     */
    record Result(long freeBytes, long bytes, long writeNanos, long forceNanos, long readNanos, boolean isIntact) {}

    /**
     * Measures. Blocks.
     *
     * @param clock in nanoseconds
     */
    static Result measure(Path folder, LongSupplier clock) throws IOException {
        long freeBytes = DiskSpace.free(folder).orElse(Long.MAX_VALUE);
        long bytesMax = freeBytes / 4 < BLOCK_BYTES ? 0 : Math.min(BYTES_MAX, freeBytes / 4);
        ByteBuffer written = block();
        Path file = folder.resolve("doctor-" + ProcessHandle.current().pid() + "-" + clock.getAsLong() + ".tmp");
        try (FileChannel channel = OwnerOnly.create(file, StandardOpenOption.DELETE_ON_CLOSE)) {
            long beganNanos = clock.getAsLong();
            long bytes = 0;
            while (bytes < bytesMax && clock.getAsLong() - beganNanos < WRITE_NANOS_MAX) {
                write(channel, written.duplicate());
                bytes += BLOCK_BYTES;
            }
            long forcedNanos = clock.getAsLong();
            channel.force(false);
            long writtenNanos = clock.getAsLong();
            boolean isIntact = isIntact(channel, bytes, written);
            return new Result(
                    freeBytes,
                    bytes,
                    writtenNanos - beganNanos,
                    writtenNanos - forcedNanos,
                    clock.getAsLong() - writtenNanos,
                    isIntact);
        }
    }

    private static void write(FileChannel channel, ByteBuffer block) throws IOException {
        while (block.hasRemaining()) {
            if (channel.write(block) == 0) {
                throw new IOException("the disk accepts no more");
            }
        }
    }

    private static boolean isIntact(FileChannel channel, long bytes, ByteBuffer written) throws IOException {
        ByteBuffer read = ByteBuffer.allocateDirect(BLOCK_BYTES);
        channel.position(0);
        for (long at = 0; at < bytes; at += BLOCK_BYTES) {
            read.clear();
            while (read.hasRemaining()) {
                if (channel.read(read) < 0) {
                    return false;
                }
            }
            if (!read.flip().equals(written.duplicate())) {
                return false;
            }
        }
        return true;
    }

    private static ByteBuffer block() {
        byte[] noise = new byte[BLOCK_BYTES];
        new Random(SEED).nextBytes(noise);
        return ByteBuffer.allocateDirect(BLOCK_BYTES).put(noise).flip();
    }
}
