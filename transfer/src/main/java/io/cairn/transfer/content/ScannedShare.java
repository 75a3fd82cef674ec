package io.cairn.transfer.content;

import java.nio.file.Path;
import java.util.List;

/**
 * What a share will consist of, found on disk and not yet read.
 *
 * @param root the real path of the file or folder
 * @param name its real name, or that of the link it was shared by
 * @param files in stream order
 * @param stamps of the files, in the same order, as they were when the scan saw them
 * @param emptyFolders the folders that hold nothing, sorted
 * @param times whether the manifest is to keep when the files were modified
 * @param notes what was left out, and what not every system can hold
 */
public record ScannedShare(
        Path root,
        String name,
        boolean folder,
        List<FileEntry> files,
        List<FileStamp> stamps,
        List<SharePath> emptyFolders,
        boolean times,
        ScanNotes notes) {
    public ScannedShare {
        files = List.copyOf(files);
        stamps = List.copyOf(stamps);
        emptyFolders = List.copyOf(emptyFolders);
    }

    /** Length of all files together in bytes. */
    public long totalBytes() {
        return files.stream().mapToLong(FileEntry::length).sum();
    }

    /** Where the files are, in stream order. */
    public List<Path> paths() {
        return folder ? files.stream().map(file -> file.path().below(root)).toList() : List.of(root);
    }
}
