package io.cairn.shell;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.manifest.FileEntry;
import io.cairn.transfer.content.manifest.InvalidManifestException;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.ManifestCodec;
import io.cairn.transfer.content.manifest.SharePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Manifests without content, for code that only displays them. */
public final class ManifestsForTests {
    private ManifestsForTests() {}

    /** One file of a name and length; its digests are all zero. */
    static Manifest of(String name, long length, int chunkBytes) {
        int chunks = (int) ((length + chunkBytes - 1) / chunkBytes);
        FileEntry file = new FileEntry(new SharePath(List.of(name)), length, false);
        try {
            return ManifestCodec.build(
                    name, false, chunkBytes, List.of(file), List.of(), new byte[20 * chunks], new byte[32 * chunks]);
        } catch (InvalidManifestException refused) {
            throw new IllegalArgumentException(refused);
        }
    }

    /** The hash of a file in the fakes: of its name and length. */
    public static Key hashOf(Path file) {
        try {
            return of(String.valueOf(file.getFileName()), Files.size(file), FakeNode.CHUNK_BYTES)
                    .hash();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
