package io.cairn.transfer.swarm;

import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.ChunkVerifier;
import io.cairn.transfer.content.GrowingContent;
import io.cairn.transfer.content.Manifest;
import io.cairn.transfer.protocol.PeerMessage;
import io.cairn.transfer.protocol.ProtocolLimits;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of a fetch that asks for chunks, verifies and writes them. Keeps every peer's window full as long as there is something to ask
 * and memory to put it in. Confined to the loop; digests and disk on workers.
 */
final class ChunkFetch {
    private final FetchHost host;
    private final Manifest manifest;
    private final GrowingContent content;
    private final ChunkPicker<PeerLink> picker;
    private final Outcome outcome;
    private final Map<PeerLink, Source> sources = new LinkedHashMap<>();
    private int working;
    private int badChunks;
    private boolean over;

    /**
     * @param have chunks that are here already
     * @param wanted chunks to fetch
     * @param sequential the first chunk first instead of the rarest
     */
    ChunkFetch(
            FetchHost host,
            GrowingContent content,
            ChunkSet have,
            ChunkSet wanted,
            boolean sequential,
            Outcome outcome) {
        this.host = host;
        this.manifest = content.manifest();
        this.content = content;
        this.picker = new ChunkPicker<>(have, wanted, sequential, host.limits().sourcesMax(), host.random());
        this.outcome = outcome;
    }

    /** Hears what becomes of chunks. */
    interface Outcome {
        void verified(PeerLink from, int chunk);

        void bad(PeerLink from, int chunk);

        void storageFailed(IOException failure);
    }

    /** A peer has told what it has. */
    void claims(PeerLink link, ChunkSet chunks) {
        if (!over && chunks.chunkCount() == manifest.chunkCount()) {
            long now = now();
            if (!sources.containsKey(link)) {
                sources.put(link, new Source(link, window(now)));
                host.budget().sourceJoined();
            }
            picker.peerHas(link, chunks);
            fillAll();
        }
    }

    /** A peer has told that it has more. */
    void claimsMore(PeerLink link, List<Integer> chunks) {
        if (sources.containsKey(link)) {
            chunks.stream().filter(chunk -> chunk < manifest.chunkCount()).forEach(c -> picker.peerGained(link, c));
            fillAll();
        }
    }

    /** A peer will not send chunks. */
    void rejected(PeerLink link, PeerMessage.Reject reject) {
        Source source = sources.get(link);
        if (source == null) {
            return;
        }
        for (int chunk : reject.chunks()) {
            int reserved = source.answered(chunk);
            picker.notAsked(link, chunk);
            if (reject.reason() == PeerMessage.Reason.NOT_HAD && chunk < manifest.chunkCount()) {
                picker.peerLacks(link, chunk);
            }
            if (reserved > 0) {
                host.budget().release(reserved);
            }
        }
        if (reject.reason() == PeerMessage.Reason.BUSY) {
            source.quietUntil(now() + host.limits().busyMillis());
        }
        fillAll();
    }

    /** A peer is of no use any more. */
    void lost(PeerLink link) {
        Source source = sources.remove(link);
        if (source != null) {
            picker.peerLeft(link);
            host.budget().sourceLeft();
            host.budget().release(source.giveUp());
            fillAll();
        }
    }

    void arrived(PeerLink link, ReceivedChunk received) {
        Source source = sources.get(link);
        if (over || source == null || received.chunk() >= manifest.chunkCount()) {
            received.release().run();
            return;
        }
        int reserved = source.answered(received.chunk());
        source.window.delivered(received.length(), now());
        if (!picker.arrived(link, received.chunk())) {
            received.release().run();
            host.budget().release(reserved);
            return;
        }
        working++;
        host.scheduler().offload(() -> checkAndWrite(received), (right, failure) -> {
            working--;
            host.budget().release(reserved);
            checked(link, received.chunk(), right, failure);
        });
        fill(source);
    }

    void tick(long nowMillis) {
        for (Source source : List.copyOf(sources.values())) {
            long silent = source.silentMillis(nowMillis);
            if (silent >= host.limits().deadMillis()) {
                host.drop(source.link, "has been silent for too long");
            } else if (silent >= host.limits().silentMillis() && !source.asked.isEmpty()) {
                List<Integer> given = List.copyOf(source.asked.keySet());
                long reserved = source.giveUp();
                given.forEach(chunk -> picker.notAsked(source.link, chunk));
                host.budget().release(reserved);
            }
        }
        fillAll();
    }

    /** Asks every peer for as much as it may be asked. */
    void fillAll() {
        for (Source source : List.copyOf(sources.values())) {
            fill(source);
        }
    }

    /** Asks no more and takes back what it can. */
    void stop() {
        over = true;
        for (Source source : sources.values()) {
            cancel(source.link, List.copyOf(source.asked.keySet()));
            host.budget().sourceLeft();
            host.budget().release(source.giveUp());
        }
        sources.clear();
    }

    /** Whether chunks are still being verified or written. */
    boolean isWorking() {
        return working > 0;
    }

    /** Whether some peer has a chunk on the way. */
    boolean isOwed() {
        return sources.values().stream().anyMatch(Source::owes);
    }

    ChunkPicker<PeerLink> chunks() {
        return picker;
    }

    /** How often a chunk came wrong. */
    int badChunks() {
        return badChunks;
    }

    private boolean checkAndWrite(ReceivedChunk received) throws IOException {
        try {
            if (!ChunkVerifier.verifies(manifest, received.chunk(), received.data())) {
                return false;
            }
            content.write(received.chunk(), received.data());
            return true;
        } finally {
            received.release().run();
        }
    }

    private void checked(PeerLink link, int chunk, @Nullable Boolean right, @Nullable Throwable failure) {
        if (failure != null) {
            outcome.storageFailed(failure instanceof IOException io ? io : new IOException(failure));
        } else if (Boolean.TRUE.equals(right)) {
            List<PeerLink> others = picker.verified(chunk);
            others.forEach(other -> cancel(other, List.of(chunk)));
            outcome.verified(link, chunk);
        } else {
            badChunks++;
            picker.bad(link, chunk);
            outcome.bad(link, chunk);
        }
        fillAll();
    }

    private void fill(Source source) {
        long now = now();
        boolean trusted = host.trust().isTrusted(source.link.peer());
        long window = trusted ? Math.min(source.window.bytes(), host.budget().shareBytes()) : 1;
        long room = source.asked.isEmpty() ? Math.max(1, window) : window - source.askedBytes();
        boolean worthAMessage = source.asked.isEmpty() || room >= window / 4;
        if (over || room <= 0 || !worthAMessage || source.isQuiet(now) || isSilent(source, now)) {
            return;
        }
        int count = Math.min(ProtocolLimits.CHUNKS_PER_MESSAGE_MAX, (int)
                ((room + manifest.chunkBytes() - 1) / manifest.chunkBytes()));
        count = Math.min(count, host.budget().roomForChunks(manifest.chunkBytes()));
        List<Integer> picked = count <= 0 ? List.of() : picker.pick(source.link, count, source.late);
        if (picked.isEmpty() && count > 0 && trusted && source.asked.isEmpty()) {
            picked = picker.pickAgain(source.link, 1, host.limits().askersMax(), source.late);
        }
        if (!picked.isEmpty()) {
            for (int chunk : picked) {
                int length = manifest.chunkLength(chunk);
                host.budget().reserve(length);
                source.ask(chunk, length, now);
            }
            source.link.connection().want(manifest, picked);
            sources.remove(source.link); // to the end: the others are asked before it is asked again
            sources.put(source.link, source);
        }
    }

    private boolean isSilent(Source source, long nowMillis) {
        return source.silentMillis(nowMillis) >= host.limits().silentMillis();
    }

    private void cancel(PeerLink link, List<Integer> chunks) {
        if (!chunks.isEmpty() && chunks.size() <= ProtocolLimits.CHUNKS_PER_MESSAGE_MAX) {
            link.send(new PeerMessage.Cancel(manifest.hash(), chunks));
        }
    }

    private DeliveryWindow window(long nowMillis) {
        SwarmLimits limits = host.limits();
        int bytesMin = Math.max(limits.windowBytesMin(), 2 * manifest.chunkBytes());
        return new DeliveryWindow(bytesMin, limits.windowBytesMax(), limits.windowMillis(), nowMillis);
    }

    private long now() {
        return host.clock().monotonicMillis();
    }
}
