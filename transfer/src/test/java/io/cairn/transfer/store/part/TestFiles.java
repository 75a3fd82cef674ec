package io.cairn.transfer.store.part;

import io.cairn.transfer.content.ShareLayout;
import io.cairn.transfer.content.ShareOptions;
import io.cairn.transfer.content.hashing.ScannedShare;
import io.cairn.transfer.content.hashing.ShareHasher;
import io.cairn.transfer.content.hashing.ShareScanner;
import io.cairn.transfer.content.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Creates files and shares for tests. */
public final class TestFiles {
    private TestFiles() {}

    /** Writes a file and creates the folders above it. */
    public static Path write(Path file, byte[] content) throws IOException {
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        return Files.write(file, content);
    }

    /** Bytes that depend only on the seed. */
    public static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Scans and hashes. */
    public static Manifest manifest(Path path) throws IOException, InterruptedException {
        return manifest(path, ShareLayout.PACKED);
    }

    /** Scans and hashes for a layout. */
    public static Manifest manifest(Path path, ShareLayout layout) throws IOException, InterruptedException {
        ScannedShare scan = ShareScanner.scan(path, ShareOptions.DEFAULT.in(layout), () -> false);
        return new ShareHasher().hash(scan, hashed -> {}, () -> false);
    }
}
