package io.cairn.transfer.store.file;

import io.cairn.transfer.content.hashing.FileStamp;
import io.cairn.transfer.content.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file's stamp and change time. The change time advances even if a program writes to the file and resets its modification time, so two
 * equal traces mean that nothing was written in between.
 *
 * @param changed the change time; null if the system does not provide it
 */
public record FileTrace(FileStamp stamp, @Nullable FileTime changed) {
    /**
     * The traces of a share's files at a place, in stream order.
     *
     * @throws java.nio.file.NoSuchFileException if a file is missing
     */
    public static List<FileTrace> of(Manifest manifest, Path place) throws IOException {
        List<FileTrace> traces = new ArrayList<>();
        for (Path file : LocalPaths.files(manifest, place)) {
            boolean tells = file.getFileSystem().supportedFileAttributeViews().contains("unix");
            FileTime changed = tells ? (FileTime) Files.getAttribute(file, "unix:ctime") : null;
            traces.add(new FileTrace(FileStamp.of(file), changed));
        }
        return traces;
    }

    /** The stamps of the traces. */
    public static List<FileStamp> stamps(List<FileTrace> traces) {
        return traces.stream().map(FileTrace::stamp).toList();
    }
}
