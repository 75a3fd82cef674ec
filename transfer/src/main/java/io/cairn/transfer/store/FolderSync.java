package io.cairn.transfer.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Forces what a folder lists to disk, so that a file made or renamed in it is found after a power cut. */
final class FolderSync {
    private FolderSync() {}

    static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (AccessDeniedException windows) {
            return; // Windows opens no folder as a file; NTFS journals its folders itself
        }
    }
}
