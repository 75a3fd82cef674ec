package io.cairn.transfer.store;

import io.cairn.transfer.content.Content;
import io.cairn.transfer.content.GrowingContent;
import io.cairn.transfer.content.Manifest;
import io.cairn.transfer.content.ShareScanner;
import io.cairn.transfer.content.TestFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Shares made for tests, and chunks carried from one content to another. */
final class TestShares {
    private TestShares() {}

    /** Hashes what is at a path and serves it. */
    static SharedContent share(Path path) throws Exception {
        Manifest manifest = TestFiles.manifest(path);
        return SharedContent.open(manifest, path, ShareScanner.scan(path).stamps());
    }

    /** Compares what is at a target, and nobody watches. */
    static final TargetComparison COMPARES = new TargetComparison() {
        @Override
        public void compared(Path target, long bytes) {}

        @Override
        public boolean isCancelled() {
            return false;
        }
    };

    static ByteBuffer chunk(Content source, int chunk) throws IOException {
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
