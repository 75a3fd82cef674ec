package io.cairn.transfer.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Content that is being fetched: a partial file or folder beside its target, and a journal of the chunks it holds. Writing blocks,
 * so call it on a worker; different chunks may be written at once.
 */
public interface GrowingContent extends Content {
    /**
     * Writes a whole chunk that the caller has verified and adds it to {@link #have()}. Data reaches the disk before the journal
     * says so, at most one second or 64 MiB later.
     *
     * @throws java.nio.file.FileSystemException with the reason, for example if the disk is full; the chunk is then not had
     */
    void write(int chunk, ByteBuffer data) throws IOException;

    /**
     * Once every chunk is here: forces all to disk, then renames to the target.
     *
     * @return the target
     * @throws java.nio.file.FileAlreadyExistsException if something has appeared at the target meanwhile
     */
    Path finish() throws IOException;

    /** Deletes the partial files and the journal. */
    void discard() throws IOException;
}
