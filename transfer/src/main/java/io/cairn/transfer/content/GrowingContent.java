package io.cairn.transfer.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Content of a running fetch: a partial file or folder beside its target, and a journal of the chunks present. Writing blocks,
 * so write on a worker; different chunks may be written concurrently.
 */
public interface GrowingContent extends Content {
    /**
     * Writes a whole chunk that the caller has verified and adds it to {@link #have()}. The data reaches the disk before its journal
     * entry does, at most one second or 64 MiB later.
     *
     * @throws java.nio.file.FileSystemException with the reason, for example if the disk is full; the chunk is not added
     */
    void write(int chunk, ByteBuffer data) throws IOException;

    /**
     * Forces the data to disk and renames it to the target. Call it once every chunk is present.
     *
     * @return the target
     * @throws java.nio.file.FileAlreadyExistsException if the target now exists
     */
    Path finish() throws IOException;

    /** Deletes the partial files and the journal. */
    void discard() throws IOException;
}
