package io.cairn.transfer.store;

import io.cairn.transfer.content.Manifest;
import io.cairn.transfer.content.StreamLayout;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes large files past the operating system's cache, where the file system can: from the memory in which a chunk was received
 * straight to the disk. The cache costs a copy, a fresh page of memory for each page of the file, and the place of what else lay there;
 * and what is received is forced to disk anyway. It is of use once others read much of what was written. Thread-safe.
 */
final class DirectWrites implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(DirectWrites.class);

    /** A smaller file costs little, and is soon opened by somebody. */
    private static final long FILE_BYTES_MIN = 32 << 20;

    /** So much is read from disk without a change of ways. */
    private static final long READ_BYTES_MIN = 64 << 20;

    /** If more than this part of what was written is read from disk, the next is written so that it stays in the cache. */
    private static final double READ_PART_MAX = 0.25;

    private static final int WRITE_BYTES_MIN = 64 << 10;

    /** What offsets, lengths and addresses must be multiples of; a disk that wants more is written through the cache. */
    private static final int PAGE_BYTES = 4096;

    private final Manifest manifest;
    private final FileOperations operations;
    private final OpenFiles files;
    private final LongAdder written = new LongAdder();
    private final LongAdder read = new LongAdder();
    private volatile boolean useful = true;

    /** @param opener for writing with {@link com.sun.nio.file.ExtendedOpenOption#DIRECT} */
    DirectWrites(Manifest manifest, FileOperations operations, OpenFiles.Opener opener) {
        this.manifest = manifest;
        this.operations = operations;
        this.files = new OpenFiles(opener);
    }

    /** So many bytes of the files were read. */
    void wasRead(long bytes) {
        if (useful) {
            read.add(bytes);
            long sum = read.sum();
            if (sum > READ_BYTES_MIN && sum > written.sum() * READ_PART_MAX) {
                stop();
            }
        }
    }

    /** Writes nothing from now on. */
    private void stop() {
        useful = false;
    }

    /**
     * Writes whole pages from the beginning of a part. Nothing, where that does not suit or does not work: the usual way is there for all
     * that was not written, and tells what is wrong with it.
     *
     * @param data its position is that of the part, and does not move
     * @return how many bytes were written
     */
    int write(StreamLayout.Part part, ByteBuffer data) {
        int length = part.length() - part.length() % PAGE_BYTES;
        if (!useful || length < WRITE_BYTES_MIN || !suits(part, data)) {
            return 0;
        }
        try {
            files.use(
                    part.file(),
                    channel -> operations.write(channel, part.offset(), data.slice(data.position(), length)));
            written.add(length);
            return length;
        } catch (IOException | UnsupportedOperationException notHere) {
            LOG.debug("writing through the cache from now on: {}", notHere.toString());
            stop();
            return 0;
        }
    }

    /** Closes all that is open. */
    void forgetAll() throws IOException {
        files.forgetAll();
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    private boolean suits(StreamLayout.Part part, ByteBuffer data) {
        return part.offset() % PAGE_BYTES == 0
                && manifest.files().get(part.file()).length() >= FILE_BYTES_MIN
                && data.isDirect()
                && data.alignmentOffset(data.position(), PAGE_BYTES) == 0;
    }
}
