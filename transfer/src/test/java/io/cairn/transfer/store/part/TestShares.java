package io.cairn.transfer.store.part;

import io.cairn.transfer.content.Content;
import io.cairn.transfer.content.GrowingContent;
import io.cairn.transfer.content.ShareLayout;
import io.cairn.transfer.content.hashing.ShareScanner;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.file.SharedContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Creates shares for tests, and copies chunks from one content to another. */
public final class TestShares {
    private TestShares() {}

    /** Hashes and opens the share at a path. */
    public static SharedContent share(Path path) throws Exception {
        return share(path, ShareLayout.PACKED);
    }

    /** Hashes and opens the share at a path, in a layout. */
    public static SharedContent share(Path path, ShareLayout layout) throws Exception {
        Manifest manifest = TestFiles.manifest(path, layout);
        return SharedContent.open(manifest, path, ShareScanner.scan(path).stamps());
    }

    /** Allows a comparison with an existing target and ignores its progress. */
    static final TargetComparison COMPARES = new TargetComparison() {
        @Override
        public void compared(Path target, long bytes) {}

        @Override
        public boolean isCancelled() {
            return false;
        }
    };

    public static ByteBuffer chunk(Content source, int chunk) throws IOException {
        ByteBuffer data = ByteBuffer.allocate(source.manifest().chunkLength(chunk));
        source.read(chunk, 0, data);
        return data.flip();
    }

    static void copy(Content source, GrowingContent target, int... chunks) throws IOException {
        for (int chunk : chunks) {
            target.write(chunk, chunk(source, chunk));
        }
    }

    static void copyAll(Content source, GrowingContent target) throws IOException {
        for (int chunk = 0; chunk < source.manifest().chunkCount(); chunk++) {
            copy(source, target, chunk);
        }
    }
}
