package io.cairn.shell;

import io.cairn.app.FetchEvent;
import io.cairn.app.Node.Excerpt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a fake node says about a file: the events of a fetch that goes well but for one bad chunk, and bytes. */
final class FakeScript {
    private FakeScript() {}

    static List<FetchEvent> usual(FakeNode from, Path file) {
        try {
            long size = Files.size(file);
            String name = FakeNode.name(file);
            int chunks = ManifestsForTests.of(name, size, FakeNode.CHUNK_BYTES).chunkCount();
            return List.of(
                    new FetchEvent.Lookup(1, 0, 0),
                    new FetchEvent.Lookup(4, 4, 3),
                    new FetchEvent.ManifestArrived(name, size, chunks, from.identity.nodeId(), 0),
                    new FetchEvent.PeerChanged(
                            from.identity.nodeId(), from.endpoint(), FetchEvent.PeerChanged.State.CONNECTED, ""),
                    new FetchEvent.Progress(size / 2, size, chunks / 2, chunks, 1 << 20, 1, 1500),
                    new FetchEvent.ChunkBad(1, from.identity.nodeId(), from.endpoint()),
                    new FetchEvent.Progress(size, size, chunks, chunks, 1 << 20, 1, 0),
                    new FetchEvent.Verified(chunks));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Excerpt excerpt(Path file, long offset, int length) {
        try {
            byte[] all = Files.readAllBytes(file);
            int from = (int) Math.min(offset, all.length);
            ByteBuffer bytes = ByteBuffer.wrap(all, from, Math.min(all.length - from, length))
                    .slice();
            return new Excerpt(offset, all.length, bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
