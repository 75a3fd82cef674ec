package io.cairn.transfer.store.file;

import io.cairn.transfer.content.hashing.StreamLayout;
import io.cairn.transfer.content.manifest.Manifest;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes large files past the operating system's cache if the file system supports it, straight from the buffer in which a chunk
 * was received. The cache costs a copy, a fresh page of memory for each page of the file, and other cached data that it evicts,
 * and received data is forced to disk anyway. The cache pays off only once peers read much of the data. Thread-safe.
 */
public final class DirectWrites implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(DirectWrites.class);

    /** Smaller files take little of the cache and are likely to be opened soon. */
    private static final long FILE_BYTES_MIN = 32 << 20;

    /** Reads up to this many bytes never switch writing to the cache. */
    private static final long READ_BYTES_MIN = 64 << 20;

    /** Once reads exceed this fraction of the bytes written here, later chunks are written through the cache. */
    private static final double READ_PART_MAX = 0.25;

    private static final int WRITE_BYTES_MIN = 64 << 10;

    /** Alignment of offsets, lengths and addresses; a disk that needs more is written through the cache. */
    private static final int PAGE_BYTES = 4096;

    private final Manifest manifest;
    private final FileOperations operations;
    private final OpenFiles files;
    private final LongAdder written = new LongAdder();
    private final LongAdder read = new LongAdder();
    private volatile boolean useful = true;

    /** @param opener for writing with {@link com.sun.nio.file.ExtendedOpenOption#DIRECT} */
    public DirectWrites(Manifest manifest, FileOperations operations, OpenFiles.Opener opener) {
        this.manifest = manifest;
        this.operations = operations;
        this.files = new OpenFiles(opener);
    }

    /** Counts bytes read from the files. */
    public void wasRead(long bytes) {
        if (useful) {
            read.add(bytes);
            long sum = read.sum();
            if (sum > READ_BYTES_MIN && sum > written.sum() * READ_PART_MAX) {
                stop();
            }
        }
    }

    /** Turns direct writing off for good. */
    private void stop() {
        useful = false;
    }

    /**
     * Writes whole pages from the start of a part, or nothing if direct writing is unsuitable or fails. The caller writes the rest
     * through the cache, which reports any error.
     *
     * @param data positioned at the part; the position does not move
     * @return the number of bytes written
     */
    public int write(StreamLayout.Part part, ByteBuffer data) {
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

    /** Closes all open files; they are reopened at their next use. */
    public void forgetAll() throws IOException {
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
