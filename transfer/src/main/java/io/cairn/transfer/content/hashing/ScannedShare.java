package io.cairn.transfer.content.hashing;

import io.cairn.transfer.content.ScanNotes;
import io.cairn.transfer.content.ShareLayout;
import io.cairn.transfer.content.manifest.FileEntry;
import io.cairn.transfer.content.manifest.SharePath;
import java.nio.file.Path;
import java.util.List;

/**
 * The entries of a future share, found on disk but not yet read.
 *
 * @param root the real path of the file or folder
 * @param name its real name, or the name of the link it was shared by
 * @param files in stream order
 * @param stamps the files' stamps at the time of the scan, in the same order
 * @param emptyFolders the empty folders, sorted
 * @param layout how the files will lie in the stream
 * @param times whether the manifest will hold modification times
 * @param notes the entries left out or excluded, and those that some systems cannot hold
 */
public record ScannedShare(
        Path root,
        String name,
        boolean folder,
        List<FileEntry> files,
        List<FileStamp> stamps,
        List<SharePath> emptyFolders,
        ShareLayout layout,
        boolean times,
        ScanNotes notes) {
    public ScannedShare {
        files = List.copyOf(files);
        stamps = List.copyOf(stamps);
        emptyFolders = List.copyOf(emptyFolders);
    }

    /** Total length of all files in bytes. */
    public long totalBytes() {
        return files.stream().mapToLong(FileEntry::length).sum();
    }

    /** The places of the files, in stream order. */
    public List<Path> paths() {
        return folder ? files.stream().map(file -> file.path().below(root)).toList() : List.of(root);
    }
}
