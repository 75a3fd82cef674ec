package io.cairn.app.fetch.run;

import io.cairn.dht.env.Clock;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.ContentChangedException;
import io.cairn.transfer.content.GrowingContent;
import io.cairn.transfer.content.hashing.ChunkVerifier;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.file.SharedContent;
import io.cairn.transfer.swarm.fetch.FetchOutcome;
import io.cairn.transfer.swarm.fetch.FetchProgress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A fetch of a share of this node: reads, verifies and writes each chunk, without the network. Runs on one worker. */
public final class OwnCopy {
    private final SharedContent own;
    private final Manifest manifest;
    private final Clock clock;
    private final long startedMillis;
    private long copiedBytes;
    private volatile FetchProgress progress;
    private volatile boolean stopped;

    public OwnCopy(SharedContent own, Clock clock) {
        this.own = own;
        this.manifest = own.manifest();
        this.clock = clock;
        this.startedMillis = clock.monotonicMillis();
        this.progress = at(ChunkSet.none(manifest.chunkCount()));
    }

    /** The progress so far. Any thread. */
    public FetchProgress progress() {
        return progress;
    }

    /** Ends it after the current chunk. Any thread. */
    public void stop() {
        stopped = true;
    }

    /**
     * Copies the wanted chunks that are still missing.
     *
     * @throws ContentChangedException if the shared files have changed
     */
    public FetchOutcome to(GrowingContent target, ChunkSet wanted) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(manifest.chunkBytes());
        progress = at(target.have());
        for (int chunk = 0; chunk < manifest.chunkCount(); chunk++) {
            if (stopped) {
                return new FetchOutcome.Stopped();
            }
            if (wanted.contains(chunk) && !target.have().contains(chunk)) {
                buffer.clear().limit(manifest.chunkLength(chunk));
                own.read(chunk, 0, buffer);
                buffer.flip();
                if (!ChunkVerifier.verifies(manifest, chunk, buffer)) {
                    throw new ContentChangedException(own.file(chunk), "does not hold what was shared any more");
                }
                copiedBytes += buffer.remaining();
                target.write(chunk, buffer);
                progress = at(target.have());
            }
        }
        return new FetchOutcome.Completed(List.of(), 0);
    }

    /** The total length of a set of chunks, in bytes. */
    public static long bytes(Manifest manifest, ChunkSet chunks) {
        return chunks.toBitSet().stream().mapToLong(manifest::chunkLength).sum();
    }

    private FetchProgress at(ChunkSet have) {
        long elapsed = Math.max(1, clock.monotonicMillis() - startedMillis);
        return new FetchProgress(
                FetchProgress.Stage.CHUNKS,
                bytes(manifest, have),
                manifest.totalBytes(),
                have.size(),
                manifest.chunkCount(),
                copiedBytes * 1000 / elapsed,
                0);
    }
}
