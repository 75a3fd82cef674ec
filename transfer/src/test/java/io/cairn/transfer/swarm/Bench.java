package io.cairn.transfer.swarm;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.node.Provider;
import io.cairn.transfer.content.ContentChangedException;
import io.cairn.transfer.content.Manifest;
import io.cairn.transfer.content.TestManifests;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A few nodes in virtual time with a share among them. */
final class Bench {
    static final int CHUNK_BYTES = 256 * 1024;

    final VirtualTime time = new VirtualTime();
    final MemoryNetwork network = new MemoryNetwork(time);
    final Random random;
    final byte[] bytes;
    final Manifest manifest;
    /** Is run when a peer decodes a manifest. */
    Runnable manifestRead = () -> {};

    private final List<Peer> peers = new ArrayList<>();

    private final SwarmLimits limits;

    Bench(long seed, int chunks) {
        this(seed, chunks, CHUNK_BYTES, SwarmLimits.DEFAULT);
    }

    Bench(long seed, int chunks, int chunkBytes, SwarmLimits limits) {
        this.limits = limits;
        random = new Random(seed);
        bytes = new byte[chunks * chunkBytes - 1_000];
        random.nextBytes(bytes);
        manifest = TestManifests.of("film.mkv", bytes, chunkBytes);
    }

    Key share() {
        return manifest.hash();
    }

    Peer peer() {
        Peer peer = new Peer(5_000 + peers.size());
        peers.add(peer);
        return peer;
    }

    /** A peer that serves the whole share and that everybody's look-ups find. */
    Peer seed() {
        Peer seed = peer();
        seed.serve(MemoryContent.whole(manifest, bytes));
        return seed;
    }

    /** Lets the look-ups of a peer find others. */
    void introduce(Peer to, Peer... providers) {
        for (Peer provider : providers) {
            to.dht.add(share(), provider.asProvider());
        }
    }

    /** One node. */
    final class Peer {
        final Identity identity = Identity.generate(random);
        final MemoryNetwork.Node end;
        final FakeDht dht;
        final Swarm swarm;
        final List<String> changes = new ArrayList<>();
        final List<Throwable> unreadable = new ArrayList<>();
        final RecordingListener listener = new RecordingListener();

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

        MemoryContent content() {
            if (content == null) {
                throw new IllegalStateException("this peer has no content");
            }
            return content;
        }

        SwarmFetch fetch(Endpoint... hints) {
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
        <T extends FetchOutcome> T outcome(Class<T> kind) {
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
