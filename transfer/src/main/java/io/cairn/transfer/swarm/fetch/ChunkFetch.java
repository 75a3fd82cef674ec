package io.cairn.transfer.swarm.fetch;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.GrowingContent;
import io.cairn.transfer.content.hashing.ChunkVerifier;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.swarm.peer.DeliveryWindow;
import io.cairn.transfer.swarm.peer.PeerLink;
import io.cairn.transfer.swarm.peer.SwarmLimits;
import io.cairn.transfer.swarm.port.Block;
import io.cairn.transfer.swarm.port.ChunkPlace;
import io.cairn.transfer.swarm.port.ReceivedBlock;
import io.cairn.transfer.swarm.port.RefusalReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Requests, verifies and writes the chunks of a fetch. Keeps every peer's window full while there is something to request and memory for
 * it. Confined to the loop; digests and disk run on workers.
 */
final class ChunkFetch {
    /** A chunk moves from one peer to another only if it then arrives earlier by at least this much. */
    private static final long SOONER_MILLIS = 30;

    /** A cancelled request for a chunk not yet begun is confirmed within this time. */
    private static final long ANSWERED_MILLIS = 250;

    private final FetchEnvironment env;
    private final Manifest manifest;
    private final GrowingContent content;
    private final ChunkPicker<PeerLink> picker;
    private final Outcome outcome;
    private final Map<PeerLink, Source> sources = new LinkedHashMap<>();
    private int working;
    private int badChunks;
    private boolean over;

    /**
     * @param have chunks already here
     * @param wanted chunks to fetch
     * @param sequential in stream order instead of rarest first
     */
    ChunkFetch(
            FetchEnvironment env,
            GrowingContent content,
            ChunkSet have,
            ChunkSet wanted,
            boolean sequential,
            Outcome outcome) {
        this.env = env;
        this.manifest = content.manifest();
        this.content = content;
        this.picker = new ChunkPicker<>(have, wanted, sequential, env.limits().sourcesMax(), env.random());
        this.outcome = outcome;
    }

    /** Receives the results of chunks. */
    interface Outcome {
        /** Whether some peer of the share does not have a chunk yet. */
        boolean isLacked(int chunk);

        void verified(PeerLink from, int chunk);

        void bad(PeerLink from, int chunk);

        /** A chunk was dropped because no worker accepted it; it will be requested again. */
        void unchecked();

        void storageFailed(IOException failure);
    }

    /** A peer announced its chunks. */
    void claims(PeerLink link, ChunkSet chunks) {
        if (!over && chunks.chunkCount() == manifest.chunkCount()) {
            BitSet had = chunks.toBitSet();
            source(link).places.keySet().forEach(had::set);
            picker.peerHas(link, ChunkSet.of(had, manifest.chunkCount()));
            tried(link);
            fillAll();
        }
    }

    /** A peer located chunks in other shares that we asked for by key. */
    void located(PeerLink link, List<ChunkPlace> places) {
        Map<Key, ChunkPlace> byKey = new LinkedHashMap<>();
        places.forEach(place -> byKey.put(place.key(), place));
        for (int chunk : over || byKey.isEmpty() ? List.<Integer>of() : chunksWithoutHolder()) {
            ChunkPlace place = byKey.get(manifest.chunkKey(chunk));
            if (place != null && place.length() == manifest.chunkLength(chunk)) {
                if (!sources.containsKey(link)) {
                    source(link);
                    picker.peerHas(link, ChunkSet.none(manifest.chunkCount()));
                }
                source(link).places.put(chunk, place);
                picker.peerGained(link, chunk);
                tried(link);
            }
        }
        fillAll();
    }

    /** The number in this share of a chunk that a peer sends or refuses as part of another share; -1 if that was not requested. */
    int askedAs(PeerLink link, Key share, int chunk) {
        Source source = sources.get(link);
        Map<Integer, ChunkPlace> places = source == null ? Map.of() : source.places;
        for (Map.Entry<Integer, ChunkPlace> place : places.entrySet()) {
            if (place.getValue().share().equals(share) && place.getValue().chunk() == chunk) {
                return place.getKey();
            }
        }
        return -1;
    }

    /** Chunks that no peer asked so far has; a selection if there are many. */
    List<Integer> chunksWithoutHolder() {
        return picker.chunksWithoutHolder(SwarmLimits.LOCATED_MAX);
    }

    /** A peer announced further chunks. */
    void claimsMore(PeerLink link, List<Integer> chunks) {
        if (sources.containsKey(link)) {
            chunks.stream().filter(chunk -> chunk < manifest.chunkCount()).forEach(c -> picker.peerGained(link, c));
            tried(link);
            fillAll();
        }
    }

    /** A peer refuses blocks; at this point always whole chunks. */
    void refused(PeerLink link, List<Block> blocks, RefusalReason reason) {
        Source source = sources.get(link);
        if (source == null) {
            return;
        }
        for (Block block : blocks) {
            int chunk = block.chunk();
            int reserved = source.answered(chunk);
            picker.notAsked(link, chunk);
            if (reason == RefusalReason.NOT_HAD && chunk < manifest.chunkCount()) {
                source.places.remove(chunk);
                picker.peerLacks(link, chunk);
            }
            if (reserved > 0) {
                env.budget().release(reserved);
            }
        }
        tried(link);
        if (reason == RefusalReason.BUSY) {
            source.quietUntil(now() + env.limits().busyMillis());
        }
        fillAll();
    }

    /** A peer is of no more use. */
    void lost(PeerLink link) {
        Source source = sources.remove(link);
        if (source != null) {
            picker.peerLeft(link);
            env.budget().sourceLeft();
            env.budget().release(source.giveUp());
            fillAll();
        }
    }

    void arrived(PeerLink link, ReceivedBlock received) {
        Source source = sources.get(link);
        if (over || source == null || received.chunk() >= manifest.chunkCount()) {
            received.release();
            return;
        }
        int length = received.length();
        Source.Asked asked = source.delivered(received.chunk(), length, now());
        if (asked != null) {
            env.chunks().delivered(now() - asked.atMillis());
        }
        int reserved = source.answered(received.chunk());
        if (!picker.arrived(link, received.chunk())) {
            received.release();
            env.budget().release(reserved);
            return;
        }
        working++;
        source.arrived(length);
        boolean lacked = outcome.isLacked(received.chunk());
        env.scheduler().offload(() -> checkAndWrite(received, lacked), (right, failure) -> {
            working--;
            source.written(length);
            if (failure instanceof RejectedExecutionException) {
                received.release();
                letGo(link, received.chunk());
            } else {
                checked(link, received.chunk(), right, failure);
            }
            env.budget().release(reserved);
            fillAll();
        });
        fill(source);
    }

    void tick(long nowMillis) {
        for (Source source : List.copyOf(sources.values())) {
            long silent = source.silentMillis(nowMillis);
            if (silent >= env.limits().deadMillis()) {
                env.links().drop(source.link, "has been silent for too long");
            } else if (isSilent(source, nowMillis) && !source.asked.isEmpty()) {
                doubt(source);
            }
        }
        fillAll();
    }

    /** Fills the window of every peer. */
    void fillAll() {
        for (Source source : List.copyOf(sources.values())) {
            fill(source);
        }
    }

    /** Requests no more and cancels what it can. */
    void stop() {
        over = true;
        for (Source source : sources.values()) {
            cancel(source.link, List.copyOf(source.asked.keySet()));
            env.budget().sourceLeft();
            env.budget().release(source.giveUp());
        }
        sources.clear();
    }

    /** Whether chunks are still being verified or written. */
    boolean isWorking() {
        return working > 0;
    }

    /** Whether any peer owes a chunk. */
    boolean isOwed() {
        return sources.values().stream().anyMatch(Source::owes);
    }

    ChunkPicker<PeerLink> chunks() {
        return picker;
    }

    /** How many chunks arrived wrong. */
    int badChunks() {
        return badChunks;
    }

    private boolean checkAndWrite(ReceivedBlock received, boolean lacked) throws IOException {
        boolean written = false;
        try {
            if (ChunkVerifier.verifies(manifest, received.chunk(), received.data())) {
                content.write(received.chunk(), received.data());
                written = true;
            }
            return written;
        } finally {
            if (written && lacked) {
                received.keep();
            } else {
                received.release();
            }
        }
    }

    private void checked(PeerLink link, int chunk, @Nullable Boolean right, @Nullable Throwable failure) {
        if (failure != null) {
            outcome.storageFailed(failure instanceof IOException io ? io : new IOException(failure));
        } else if (Boolean.TRUE.equals(right)) {
            List<PeerLink> others = picker.verified(chunk);
            others.forEach(other -> cancel(other, List.of(chunk)));
            env.chunks().good();
            outcome.verified(link, chunk);
        } else {
            badChunks++;
            env.chunks().bad();
            picker.bad(link, chunk);
            outcome.bad(link, chunk);
        }
    }

    /** The workers are overloaded: the peer is asked again later, so that its next chunk is not dropped as well. */
    private void letGo(PeerLink link, int chunk) {
        picker.unchecked(chunk);
        Source source = sources.get(link);
        if (source != null) {
            source.quietUntil(now() + env.limits().busyMillis());
        }
        outcome.unchecked();
    }

    private void fill(Source source) {
        long now = now();
        boolean trusted = env.links().trust().isTrusted(source.link.peer());
        long window = trusted ? Math.min(source.window.bytes(), env.budget().shareBytes()) : 1;
        long outstanding = source.askedBytes() + source.unwrittenBytes();
        long room = outstanding == 0 ? Math.max(1, window) : window - outstanding;
        if (over || room <= 0 || source.isQuiet(now) || isSilent(source, now)) {
            return;
        }
        int count = (int) ((room + manifest.chunkBytes() - 1) / manifest.chunkBytes());
        count = Math.min(count, env.budget().roomForChunks(manifest.chunkBytes()));
        if (outstanding > 0 && (long) count * manifest.chunkBytes() < window / 4) {
            return; // a signature covers more than that
        }
        List<Integer> picked = count <= 0 || source.hasNothingAt(picker.version())
                ? List.of()
                : picker.pick(source.link, count, source.late);
        if (picked.isEmpty() && count > 0) {
            source.hasNothing(picker.version());
            if (trusted && source.asked.isEmpty()) {
                picked = relieve(source, now);
            }
        }
        if (!picked.isEmpty()) {
            for (int chunk : picked) {
                int length = manifest.chunkLength(chunk);
                env.budget().reserve(length);
                source.ask(chunk, length, now);
            }
            request(source, picked);
            sources.remove(source.link); // to the end: the others are asked before it is asked again
            sources.put(source.link, source);
        }
    }

    /**
     * Finds work for a peer from which nothing else can be requested: a chunk that another would deliver much later. The request is
     * cancelled there and moves here once that peer confirms it has not begun, so that no byte is sent twice. A chunk that it has begun
     * but will not finish for long is requested a second time, at the very end or if the peer is silent; the first delivery wins.
     */
    private List<Integer> relieve(Source idle, long nowMillis) {
        int length = manifest.chunkBytes();
        long soonMillis = idle.expectedMillis(length, nowMillis) + SOONER_MILLIS;
        Source slowest = null;
        int last = -1;
        for (Source other : sources.values()) {
            boolean slower = other != idle
                    && other.expectedMillis(0, nowMillis) > 3 * soonMillis / 2
                    && (slowest == null || other.expectedMillis(0, nowMillis) > slowest.expectedMillis(0, nowMillis));
            int chunk = slower ? lastFor(idle, other) : -1;
            if (chunk >= 0) {
                slowest = other;
                last = chunk;
            }
        }
        if (slowest == null) {
            return List.of();
        }
        if (!slowest.takenBack.contains(last) && picker.askers(last) == 1) {
            slowest.takenBack.add(last);
            cancel(slowest.link, List.of(last));
            return List.of();
        }
        boolean pressing = picker.isAllAsked()
                || slowest.silentMillis(nowMillis) >= env.limits().silentMillis() / 2;
        boolean muchLater = slowest.expectedMillis(0, nowMillis) > 2 * soonMillis + ANSWERED_MILLIS;
        if (!pressing || !muchLater || !idle.isMeasured()) {
            return List.of();
        }
        picker.askedAgain(idle.link, last);
        return List.of(last);
    }

    /** The chunk last requested from the other peer that the idle one could send; -1 if there is none. */
    private int lastFor(Source idle, Source other) {
        int last = -1;
        for (int chunk : other.asked.keySet()) {
            if (!idle.late.contains(chunk)
                    && picker.couldAskAgain(idle.link, chunk, env.limits().askersMax())) {
                last = chunk;
            }
        }
        return last;
    }

    /** Requests what a silent peer owes from others and cancels it there; a live peer answers that. */
    private void doubt(Source source) {
        List<Integer> given = List.copyOf(source.asked.keySet());
        cancel(source.link, given);
        long reserved = source.giveUp();
        given.forEach(chunk -> picker.notAsked(source.link, chunk));
        env.budget().release(reserved);
    }

    /** There may be something to request from the peer again. */
    private void tried(PeerLink link) {
        Source source = sources.get(link);
        if (source != null) {
            source.hasNothing(-1);
        }
    }

    private boolean isSilent(Source source, long nowMillis) {
        return source.silentMillis(nowMillis) >= source.patienceMillis(env.limits());
    }

    private Source source(PeerLink link) {
        Source known = sources.get(link);
        if (known == null) {
            known = new Source(link, window(now()));
            sources.put(link, known);
            env.budget().sourceJoined();
        }
        return known;
    }

    private void request(Source source, List<Integer> picked) {
        inTheirShares(source.places, picked, source.link.connection()::request);
    }

    private void cancel(PeerLink link, List<Integer> chunks) {
        Source source = sources.get(link);
        inTheirShares(source == null ? Map.of() : source.places, chunks, link.connection()::cancel);
    }

    /** Names chunks to a peer: by their number in this share, or in the one in which the peer has them. */
    private void inTheirShares(
            Map<Integer, ChunkPlace> places, List<Integer> chunks, BiConsumer<Key, List<Block>> name) {
        List<Block> here = new ArrayList<>(chunks.size());
        for (int chunk : chunks) {
            if (!places.containsKey(chunk)) {
                here.add(new Block(chunk, 0, manifest.chunkLength(chunk)));
            }
        }
        if (!here.isEmpty()) {
            name.accept(manifest.hash(), here);
        }
        for (int chunk : places.isEmpty() ? List.<Integer>of() : chunks) {
            ChunkPlace place = places.get(chunk);
            if (place != null) {
                name.accept(place.share(), List.of(new Block(place.chunk(), 0, place.length())));
            }
        }
    }

    private DeliveryWindow window(long nowMillis) {
        SwarmLimits limits = env.limits();
        return new DeliveryWindow(
                limits.windowBytesAtFirst(),
                2 * manifest.chunkBytes(),
                limits.windowBytesMax(),
                limits.windowMillis(),
                nowMillis);
    }

    private long now() {
        return env.clock().monotonicMillis();
    }
}
