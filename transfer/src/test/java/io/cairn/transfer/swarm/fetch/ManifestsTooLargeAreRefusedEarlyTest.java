package io.cairn.transfer.swarm.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.TestManifests;
import io.cairn.transfer.protocol.ProtocolLimits;
import io.cairn.transfer.swarm.Swarm;
import io.cairn.transfer.swarm.peer.SwarmLimits;
import io.cairn.transfer.swarm.port.Bench;
import io.cairn.transfer.swarm.port.ManifestPiece;
import io.cairn.transfer.swarm.port.MemoryContent;
import io.cairn.transfer.swarm.port.PeerConnection;
import io.cairn.transfer.swarm.port.Said;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Manifests larger than this protocol allows, from peers that announce them or start to send them. */
class ManifestsTooLargeAreRefusedEarlyTest {
    private static final int PART = ProtocolLimits.MANIFEST_PART_BYTES_MAX;

    @Test
    void anAnnouncedLengthBeyondTheLimitEndsTheFetchAtTheFirstPart() {
        Bench bench = new Bench(31, 4);
        Bench.Peer fetcher = bench.peer();
        Bulk bulk = serveBulk(bench, 0xffff_ffffL);
        fetcher.fetch(bulk.endpoint());
        assertThat(fetcher.outcome(FetchOutcome.InvalidManifest.class).reason())
                .isEqualTo("it has 4,294,967,295 bytes, at most 67,108,864 are allowed");
        assertThat(bulk.asked).isEqualTo(1);
    }

    @Test
    void aBeginningThatNoManifestHasEndsTheFetchWithinTwoParts() {
        Bench bench = new Bench(32, 4);
        Bench.Peer fetcher = bench.peer();
        Bulk bulk = serveBulk(bench, ProtocolLimits.MANIFEST_BYTES_MAX);
        fetchPicky(bench, fetcher, bulk.endpoint());
        assertThat(fetcher.outcome(FetchOutcome.InvalidManifest.class).reason()).isEqualTo("bulk");
        assertThat(bulk.asked).isLessThanOrEqualTo(2);
    }

    @Test
    void anotherPeerMaySendTheRightOne() {
        Bench bench = new Bench(33, 4);
        Bench.Peer fetcher = bench.peer();
        Bench.Peer honest = bench.seed();
        Bulk bulk = serveBulk(bench, 1L << 31);
        fetcher.fetch(bulk.endpoint());
        bench.time.run(500);
        bench.introduce(fetcher, honest);
        fetcher.outcome(FetchOutcome.Completed.class);
        assertThat(fetcher.content().bytes()).isEqualTo(bench.bytes);
        assertThat(fetcher.listener.events).anyMatch(event -> event.contains("at most 67,108,864"));
    }

    @Test
    void memoryFollowsWhatHasArrivedAndNotWhatIsAnnounced() {
        ArrivingManifest arriving = new ArrivingManifest(ProtocolLimits.MANIFEST_BYTES_MAX);
        arriving.add(new byte[PART]);
        assertThat(arriving.bytes()).hasSize(PART);
        assertThat(arriving.isCheckDue()).isTrue();
        arriving.add(new byte[PART / 2]);
        assertThat(arriving.isCheckDue()).isFalse();
        arriving.add(new byte[PART / 2]);
        assertThat(arriving.isCheckDue()).isTrue();
    }

    @Test
    void partsBecomeTheWholeInOrder() {
        byte[] whole = new byte[5 * PART / 2];
        new Random(1).nextBytes(whole);
        ArrivingManifest arriving = new ArrivingManifest(whole.length);
        for (int at = 0; at < whole.length; at += PART) {
            assertThat(arriving.isWhole()).isFalse();
            arriving.add(Arrays.copyOfRange(whole, at, Math.min(whole.length, at + PART)));
        }
        assertThat(arriving.isWhole()).isTrue();
        assertThat(arriving.bytes()).isEqualTo(whole);
    }

    private static Bulk serveBulk(Bench bench, long total) {
        Bench.Peer peer = bench.peer();
        Bulk bulk = new Bulk(bench.share(), peer, total);
        peer.end.accept(bulk::accept);
        return bulk;
    }

    private static void fetchPicky(Bench bench, Bench.Peer fetcher, Endpoint from) {
        ManifestReader picky = new ManifestReader() {
            @Override
            public Manifest read(byte[] encoded) throws IOException {
                return TestManifests.read(encoded);
            }

            @Override
            public @Nullable String problem(byte[] beginning) {
                return "bulk";
            }
        };
        SwarmFetch fetch = new Swarm(
                        fetcher.dht,
                        bench.time,
                        bench.time,
                        new Random(1),
                        fetcher.end,
                        picky,
                        SwarmLimits.DEFAULT,
                        (share, failure) -> {})
                .fetch(bench.share(), List.of(from), MemoryContent::empty, FetchPlan.WHOLE, fetcher.listener);
        assertThat(fetcher.listener.of(fetch).manifest()).isNull();
    }

    /** Answers each request for a manifest with a meaningless part and a claimed total length. */
    private static final class Bulk {
        private final Key share;
        private final Bench.Peer peer;
        private final long total;
        private int asked;

        Bulk(Key share, Bench.Peer peer, long total) {
            this.share = share;
            this.peer = peer;
            this.total = total;
        }

        Endpoint endpoint() {
            return peer.end.endpoint();
        }

        void accept(PeerConnection connection) {
            connection.receive(new Said.Ear() {
                @Override
                protected void said(Said what) {
                    if (what instanceof Said.ManifestRequested request) {
                        asked++;
                        connection.deliverManifest(new ManifestPiece(share, request.offset(), total, new byte[PART]));
                    }
                }
            });
        }
    }
}
