package io.cairn.transfer.content;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Manifests without content, for what only shows them. */
public final class ManifestsForTests {
    private ManifestsForTests() {}

    /** One file of a name and length; its digests are all zero. */
    public static Manifest of(String name, long length, int chunkBytes) {
        int chunks = (int) ((length + chunkBytes - 1) / chunkBytes);
        byte[] label = (name + length).getBytes(StandardCharsets.UTF_8);
        return new Manifest(
                name,
                false,
                chunkBytes,
                List.of(new FileEntry(new SharePath(List.of(name)), length, false)),
                List.of(),
                Arrays.copyOf(label, label.length + (20 + 32) * chunks),
                chunks,
                label.length,
                label.length + 20 * chunks,
                -1);
    }
}
