package io.cairn.transfer.swarm.port;

import io.cairn.dht.Provider;
import io.cairn.dht.crypto.Identity;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ContentChangedException;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.TestManifests;
import io.cairn.transfer.swarm.Swarm;
import io.cairn.transfer.swarm.fetch.FetchOutcome;
import io.cairn.transfer.swarm.fetch.FetchPlan;
import io.cairn.transfer.swarm.fetch.SwarmFetch;
import io.cairn.transfer.swarm.peer.SwarmLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A few nodes in virtual time with a share among them. */
public final class Bench {
    public static final int CHUNK_BYTES = 256 * 1024;

    public final VirtualTime time = new VirtualTime();
    final MemoryNetwork network = new MemoryNetwork(time);
    final Random random;
    public final byte[] bytes;
    public final Manifest manifest;
    /** Is run when a peer decodes a manifest. */
    Runnable manifestRead = () -> {};

    private final List<Peer> peers = new ArrayList<>();

    private final SwarmLimits limits;

    public Bench(long seed, int chunks) {
        this(seed, chunks, CHUNK_BYTES, SwarmLimits.DEFAULT);
    }

    Bench(long seed, int chunks, int chunkBytes, SwarmLimits limits) {
        this.limits = limits;
        random = new Random(seed);
        bytes = new byte[chunks * chunkBytes - 1_000];
        random.nextBytes(bytes);
        manifest = TestManifests.of("film.mkv", bytes, chunkBytes);
    }

    public Key share() {
        return manifest.hash();
    }

    public Peer peer() {
        Peer peer = new Peer(5_000 + peers.size());
        peers.add(peer);
        return peer;
    }

    /** A peer that serves the whole share and that everybody's look-ups find. */
    public Peer seed() {
        Peer seed = peer();
        seed.serve(MemoryContent.whole(manifest, bytes));
        return seed;
    }

    /** Lets the look-ups of a peer find others. */
    public void introduce(Peer to, Peer... providers) {
        for (Peer provider : providers) {
            to.dht.add(share(), provider.asProvider());
        }
    }

    /** The default limits for chunks and rates scaled down by a factor, so that less is hashed. */
    static SwarmLimits scaled(int scale) {
        SwarmLimits limits = SwarmLimits.DEFAULT;
        return new SwarmLimits(
                limits.sourcesMax(),
                limits.dialsMax(),
                limits.dialNextMillis(),
                limits.noProviderMillis(),
                limits.stallMillis(),
                limits.corruptMillis(),
                limits.silentMillis(),
                limits.deadMillis(),
                limits.searchAgainMillis(),
                limits.searchOftenMillis(),
                limits.providersEnough(),
                limits.busyMillis(),
                limits.windowBytesAtFirst() / scale,
                limits.windowBytesMax() / scale,
                limits.windowMillis(),
                limits.assemblyBytesMax() / scale,
                limits.askersMax(),
                limits.haveBatchMillis(),
                limits.uploadPeersMax(),
                limits.uploadBatchBytes() / scale,
                limits.uploadBatchBytesMin() / scale,
                limits.wantsPerPeerMax(),
                limits.linksPerPeerMax(),
                limits.strikesMax(),
                limits.banMillis(),
                limits.idleMillis());
    }

    /** One node. */
    public final class Peer {
        final Identity identity = Identity.generate(random);
        public final MemoryNetwork.Node end;
        public final FakeDht dht;
        public final Swarm swarm;
        final List<String> changes = new ArrayList<>();
        final List<Throwable> unreadable = new ArrayList<>();
        public final RecordingListener listener = new RecordingListener();

        @Nullable
        MemoryContent content;

        @Nullable
        SwarmFetch fetch;

        Peer(int port) {
            end = network.node(identity.nodeId(), Endpoint.parse("10.0.0.1:" + port));
            dht = new FakeDht(identity.nodeId(), time);
            swarm = new Swarm(
                    dht,
                    time,
                    time,
                    new Random(random.nextLong()),
                    end,
                    encoded -> {
                        manifestRead.run();
                        return TestManifests.read(encoded);
                    },
                    limits,
                    (share, failure) -> {
                        if (failure instanceof ContentChangedException changed) {
                            changes.add(changed.what());
                        } else {
                            unreadable.add(failure);
                        }
                    });
        }

        Provider asProvider() {
            return new Provider(identity.publicKey(), List.of(end.endpoint()), Long.MAX_VALUE);
        }

        void serve(MemoryContent served) {
            content = served;
            swarm.serve(served);
        }

        public MemoryContent content() {
            if (content == null) {
                throw new IllegalStateException("this peer has no content");
            }
            return content;
        }

        public SwarmFetch fetch(Endpoint... hints) {
            return fetchInto(MemoryContent.empty(manifest), hints);
        }

        SwarmFetch fetchInto(MemoryContent target, Endpoint... hints) {
            return fetchInto(target, FetchPlan.WHOLE, hints);
        }

        SwarmFetch fetchInto(MemoryContent target, FetchPlan plan, Endpoint... hints) {
            content = target;
            SwarmFetch started = listener.of(swarm.fetch(share(), List.of(hints), opened -> target, plan, listener));
            fetch = started;
            return started;
        }

        /** Runs until the fetch has ended. */
        public <T extends FetchOutcome> T outcome(Class<T> kind) {
            if (!time.runUntil(() -> listener.outcome != null, 120_000)) {
                throw new AssertionError("the fetch does not end: " + listener.events);
            }
            FetchOutcome outcome = listener.outcome;
            if (!kind.isInstance(outcome)) {
                throw new AssertionError(outcome + " after " + listener.events);
            }
            return kind.cast(outcome);
        }
    }
}
