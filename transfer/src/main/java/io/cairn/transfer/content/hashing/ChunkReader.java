package io.cairn.transfer.content.hashing;

import io.cairn.transfer.content.manifest.ChunkDigests;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and digests chunks of files on disk, on one thread, with one block of memory and one open file at a time. */
final class ChunkReader implements Closeable {
    /** Fits in half of a common second-level cache and keeps the number of system calls low. */
    private static final int BLOCK_BYTES = 256 << 10;

    /** On AMD's Zen 4, copying to a target a few bytes further into its page than the source, as malloc yields, is half as fast. */
    private static final int ALIGNMENT_BYTES = 64;

    private final StreamLayout layout;
    private final List<Path> paths;
    private final ChunkDigests digests = new ChunkDigests();
    private final ByteBuffer block =
            ByteBuffer.allocateDirect(BLOCK_BYTES + ALIGNMENT_BYTES).alignedSlice(ALIGNMENT_BYTES);
    private @Nullable FileChannel channel;
    private int openFile = -1;

    ChunkReader(StreamLayout layout, List<Path> paths) {
        this.layout = layout;
        this.paths = paths;
    }

    /**
     * Digests a part of the stream.
     *
     * @param zeros padding that follows it
     * @throws EOFException if a file is shorter than expected; any failure names the file
     */
    ChunkDigests.Pair digest(long offset, int length, int zeros) throws IOException {
        digests.reset();
        for (StreamLayout.Part part : layout.parts(offset, length)) {
            digestPart(part);
        }
        digests.zeros(zeros);
        return digests.finish();
    }

    private void digestPart(StreamLayout.Part part) throws IOException {
        FileChannel source = open(part.file());
        int done = 0;
        while (done < part.length()) {
            block.clear().limit(Math.min(BLOCK_BYTES, part.length() - done));
            int read = source.read(block, part.offset() + done);
            if (read < 0) {
                throw new EOFException(paths.get(part.file()) + " ends early");
            }
            digests.update(block.flip());
            done += read;
        }
    }

    private FileChannel open(int file) throws IOException {
        FileChannel current = channel;
        if (current == null || openFile != file) {
            close();
            current = FileChannel.open(paths.get(file), StandardOpenOption.READ);
            channel = current;
            openFile = file;
        }
        return current;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
