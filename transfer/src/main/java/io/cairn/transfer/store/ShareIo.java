package io.cairn.transfer.store;

import io.cairn.transfer.content.Manifest;
import io.cairn.transfer.content.StreamLayout;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/** Reads parts of chunks, wherever in which files they are. Positional, so any number of threads may do it at once. */
final class ShareIo {
    private final Manifest manifest;
    private final StreamLayout layout;
    private final OpenFiles files;

    ShareIo(Manifest manifest, StreamLayout layout, OpenFiles files) {
        this.manifest = manifest;
        this.layout = layout;
        this.files = files;
    }

    /** The parts of files that so many bytes of a chunk cover. */
    List<StreamLayout.Part> parts(int chunk, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, manifest.chunkLength(chunk));
        return layout.parts(manifest.chunkOffset(chunk) + offset, length);
    }

    /**
     * Fills a part's share of the buffer.
     *
     * @throws EOFException if the file ends before
     */
    void read(StreamLayout.Part part, ByteBuffer target) throws IOException {
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
