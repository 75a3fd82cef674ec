package io.cairn.transfer.store.file;

import io.cairn.transfer.content.hashing.StreamLayout;
import io.cairn.transfer.content.manifest.Manifest;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/** Reads ranges of chunks across the files that hold them. Reads are positional, so any number of threads may read concurrently. */
public final class ShareIo {
    private final Manifest manifest;
    private final StreamLayout layout;
    private final OpenFiles files;

    public ShareIo(Manifest manifest, StreamLayout layout, OpenFiles files) {
        this.manifest = manifest;
        this.layout = layout;
        this.files = files;
    }

    /** The file parts that make up a range of a chunk. */
    public List<StreamLayout.Part> parts(int chunk, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, manifest.chunkLength(chunk));
        return layout.parts(manifest.chunkOffset(chunk) + offset, length);
    }

    /**
     * Reads a part into the buffer's next bytes.
     *
     * @throws EOFException if the file ends before the part does
     */
    public void read(StreamLayout.Part part, ByteBuffer target) throws IOException {
        int start = target.position();
        files.use(part.file(), channel -> {
            target.position(start);
            ByteBuffer slice = target.slice(start, part.length());
            for (long position = part.offset(); slice.hasRemaining(); ) {
                int read = channel.read(slice, position);
                if (read < 0) {
                    throw new EOFException("ends early");
                }
                position += read;
            }
            target.position(start + part.length());
        });
    }
}
