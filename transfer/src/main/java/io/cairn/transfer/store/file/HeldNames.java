package io.cairn.transfer.store.file;

import io.cairn.transfer.content.hashing.NamesOnDisk;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds out which names a file system can hold: creates folders with these names in a private folder and lists them. Of names
 * with the same oddity it tries only one.
 */
public final class HeldNames implements NamesOnDisk.Holds {
    private static final int TRIES_MAX = 100;

    private final Path near;
    private final FileOperations operations;
    private final Map<String, Boolean> known = new HashMap<>();

    /** @param near a path in the file system, which need not exist */
    public HeldNames(Path near) {
        this(near, FileOperations.SYSTEM);
    }

    public HeldNames(Path near, FileOperations operations) {
        this.near = near.toAbsolutePath().normalize();
        this.operations = operations;
    }

    @Override
    public boolean holds(String name) throws IOException {
        String oddity = NamesOnDisk.oddity(name);
        Boolean held = known.get(oddity);
        if (held == null) {
            held = tried(name);
            known.put(oddity, held);
        }
        return held;
    }

    private boolean tried(String name) throws IOException {
        Path trial = makeTrialFolder();
        try {
            operations.createFolder(trial.resolve(name));
            return isListed(trial, name);
        } catch (InvalidPathException | FileSystemException refused) {
            return false;
        } finally {
            clear(trial);
        }
    }

    private Path makeTrialFolder() throws IOException {
        Path folder = near;
        while (!Files.isDirectory(folder)) {
            folder = LocalPaths.parent(folder);
        }
        for (int i = 0; ; i++) {
            Path trial = folder.resolve(".cairn-names-" + i);
            try {
                operations.createPrivateFolder(trial);
                return trial;
            } catch (FileAlreadyExistsException taken) {
                if (i == TRIES_MAX) {
                    throw taken;
                }
            }
        }
    }

    private static boolean isListed(Path trial, String name) throws IOException {
        try (DirectoryStream<Path> listing = Files.newDirectoryStream(trial)) {
            for (Path child : listing) {
                if (child.getFileName().toString().equals(name)) {
                    return true;
                }
            }
            return false;
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
    }

    private void clear(Path trial) throws IOException {
        try (DirectoryStream<Path> listing = Files.newDirectoryStream(trial)) {
            for (Path child : listing) {
                operations.delete(child);
            }
        } catch (NoSuchFileException gone) {
            return;
        }
        operations.delete(trial);
    }
}
