package io.cairn.transfer.store;

import io.cairn.transfer.content.FileStamp;
import io.cairn.transfer.content.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file as it looks now, its time of change included: that moves also when a program writes to the file and sets its times back. Two equal
 * traces mean that nothing has been written between.
 *
 * @param changed null where the system does not tell
 */
public record FileTrace(FileStamp stamp, @Nullable FileTime changed) {
    /**
     * The traces of the files of a share that is at a place, in stream order.
     *
     * @throws java.nio.file.NoSuchFileException if one is not there
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

    /** Their stamps. */
    public static List<FileStamp> stamps(List<FileTrace> traces) {
        return traces.stream().map(FileTrace::stamp).toList();
    }
}
