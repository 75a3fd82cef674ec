package io.cairn.transfer.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.TestManifests;
import io.cairn.transfer.net.admission.TransferLimits;
import io.cairn.transfer.protocol.ProtocolLimits;
import io.cairn.transfer.swarm.peer.SwarmLimits;
import io.cairn.transfer.swarm.port.Block;
import io.cairn.transfer.swarm.port.ChunkPlace;
import io.cairn.transfer.swarm.port.ManifestPiece;
import io.cairn.transfer.swarm.port.MemoryContent;
import io.cairn.transfer.swarm.port.PeerAddress;
import io.cairn.transfer.swarm.port.PeerConnection;
import io.cairn.transfer.swarm.port.PeerId;
import io.cairn.transfer.swarm.port.RefusalReason;
import io.cairn.transfer.swarm.port.Said;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions between two honest nodes over real sockets and TLS. */
final class SessionsOverTcpTest {
    private static final int CHUNK_BYTES = 2 * 1024 * 1024;

    @Test
    void bothSidesLearnWhoTheOtherIsAndWhereItListens() throws Exception {
        try (RealNode a = RealNode.start();
                RealNode b = RealNode.start()) {
            Dialled accepted = Dialled.accept(b);
            PeerConnection dialled =
                    Dialled.dial(a, b.endpoint(), b.identity.nodeId()).connection();
            assertThat(dialled.peer()).isEqualTo(PeerId.of(b.identity.nodeId()));
            assertThat(dialled.remote()).isEqualTo(b.endpoint());
            assertThat(dialled.isDialled()).isTrue();
            PeerConnection other = accepted.connection();
            assertThat(other.peer()).isEqualTo(PeerId.of(a.identity.nodeId()));
            assertThat(other.listening()).isEqualTo(a.endpoint());
            assertThat(other.isDialled()).isFalse();
        }
    }

    @Test
    void messagesArriveInOrderBothWays() throws Exception {
        try (RealNode a = RealNode.start();
                RealNode b = RealNode.start()) {
            Dialled accepted = Dialled.accept(b);
            Dialled dialled = Dialled.dial(a, b.endpoint(), null);
            Key share = Key.ofContent(new byte[1]);
            for (int i = 0; i < 500; i++) {
                dialled.connection().requestManifest(share, i);
            }
            for (int i = 0; i < 500; i++) {
                assertThat(accepted.message()).isEqualTo(new Said.ManifestRequested(share, i));
            }
            accepted.connection().offer(share, ChunkSet.all(1 << 20));
            assertThat(dialled.message()).isEqualTo(new Said.Offered(share, ChunkSet.all(1 << 20)));
        }
    }

    /** Every method of the port, over the wire and back into the port of the other side. */
    @Test
    void whatIsSaidIsHeardAsItWasSaid() throws Exception {
        try (RealNode a = RealNode.start();
                RealNode b = RealNode.start()) {
            Dialled accepted = Dialled.accept(b);
            PeerConnection to = Dialled.dial(a, b.endpoint(), null).connection();
            Key share = Key.ofContent(new byte[1]);
            Key key = Key.ofContent(new byte[2]);
            List<Block> blocks = List.of(Block.whole(3), Block.whole(1));
            List<PeerAddress> others = List.of(new PeerAddress(PeerId.of(b.identity.nodeId()), b.endpoint()));
            ChunkPlace place = new ChunkPlace(key, share, 4, 1_000);
            to.deliverManifest(new ManifestPiece(share, 7, 12, new byte[5]));
            to.offerMore(share, List.of(2, 5));
            to.request(share, blocks);
            to.cancel(share, blocks);
            for (RefusalReason reason : RefusalReason.values()) {
                to.refuse(share, blocks, reason);
            }
            to.refuse(share, List.of(), RefusalReason.CHANGED);
            to.introduce(share, others);
            to.locate(List.of(key));
            to.tellLocations(List.of(place));
            assertThat(accepted.message()).isEqualTo(new Said.ManifestDelivered(share, 7, 12, 5));
            assertThat(accepted.message()).isEqualTo(new Said.OfferedMore(share, List.of(2, 5)));
            assertThat(accepted.message()).isEqualTo(new Said.Requested(share, List.of(3, 1)));
            assertThat(accepted.message()).isEqualTo(new Said.Cancelled(share, List.of(3, 1)));
            for (RefusalReason reason : RefusalReason.values()) {
                assertThat(accepted.message()).isEqualTo(new Said.Refused(share, List.of(3, 1), reason));
            }
            assertThat(accepted.message()).isEqualTo(new Said.Refused(share, List.of(), RefusalReason.CHANGED));
            assertThat(accepted.message()).isEqualTo(new Said.Introduced(share, others));
            assertThat(accepted.message()).isEqualTo(new Said.LocationsAsked(List.of(key)));
            assertThat(accepted.message()).isEqualTo(new Said.Located(List.of(place)));
        }
    }

    @Test
    void aListThatIsTooLongForOneMessageComesInSeveral() throws Exception {
        try (RealNode a = RealNode.start();
                RealNode b = RealNode.start()) {
            Dialled accepted = Dialled.accept(b);
            Dialled dialled = Dialled.dial(a, b.endpoint(), null);
            Key share = Key.ofContent(new byte[1]);
            int most = ProtocolLimits.CHUNKS_PER_MESSAGE_MAX;
            List<Integer> chunks = IntStream.rangeClosed(0, most).boxed().toList();
            dialled.connection().offerMore(share, chunks);
            assertThat(accepted.message()).isEqualTo(new Said.OfferedMore(share, chunks.subList(0, most)));
            assertThat(accepted.message()).isEqualTo(new Said.OfferedMore(share, List.of(most)));
        }
    }

    @Test
    void whatTheSwarmSaysAtATimeFitsOneMessage() {
        assertThat(SwarmLimits.MANIFEST_PIECE_BYTES_MAX).isLessThanOrEqualTo(ProtocolLimits.MANIFEST_PART_BYTES_MAX);
        assertThat(SwarmLimits.INTRODUCED_MAX).isLessThanOrEqualTo(ProtocolLimits.PEERS_PER_MESSAGE_MAX);
        assertThat(SwarmLimits.LOCATED_MAX).isLessThanOrEqualTo(ProtocolLimits.KEYS_PER_MESSAGE_MAX);
    }

    @Test
    void partsOfChunksAreNotForThisWire() throws Exception {
        try (RealNode a = RealNode.start();
                RealNode b = RealNode.start()) {
            Dialled accepted = Dialled.accept(b);
            PeerConnection to = Dialled.dial(a, b.endpoint(), null).connection();
            assertThat(accepted.connection().isDialled()).isFalse();
            Key share = Key.ofContent(new byte[1]);
            assertThatThrownBy(() -> to.request(share, List.of(new Block(0, 16_384, 16_384))))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** BoringSSL decrypts to where chunks are collected; the JDK's engine does not, so what it decrypted is copied there. */
    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void chunksArriveWhole(SslProvider receiver) throws Exception {
        assumeTrue(receiver == SslProvider.JDK || OpenSsl.isAvailable(), "there is no BoringSSL for this system");
        byte[] bytes = new byte[5 * CHUNK_BYTES + 12_345];
        new Random(1).nextBytes(bytes);
        Manifest manifest = TestManifests.of("f", bytes, CHUNK_BYTES);
        MemoryContent content = MemoryContent.whole(manifest, bytes);
        try (RealNode a = RealNode.start(receiver);
                RealNode b = RealNode.start()) {
            Dialled accepted = Dialled.accept(b);
            Dialled dialled = Dialled.dial(a, b.endpoint(), null);
            dialled.connection().request(manifest.hash(), Said.blocks(manifest, List.of(5, 0, 1, 2, 3, 4)));
            assertThat(accepted.message()).isEqualTo(new Said.Requested(manifest.hash(), List.of(5, 0, 1, 2, 3, 4)));
            for (int chunk : List.of(5, 0, 1, 2, 3, 4)) {
                accepted.connection().deliver(content, Block.whole(chunk), failure -> {});
                int from = chunk * CHUNK_BYTES;
                assertThat(dialled.chunk())
                        .isEqualTo(Arrays.copyOfRange(bytes, from, from + manifest.chunkLength(chunk)));
            }
            assertThat(dialled.connection().receivedBytes()).isGreaterThan(bytes.length);
        }
    }

    @Test
    void aChunkThatBecomesUnreadableInTheMiddleCanBeRejected() throws Exception {
        byte[] bytes = new byte[2 * CHUNK_BYTES];
        Manifest manifest = TestManifests.of("f", bytes, CHUNK_BYTES);
        MemoryContent content = MemoryContent.whole(manifest, bytes);
        try (RealNode a = RealNode.start();
                RealNode b = RealNode.start()) {
            Dialled accepted = Dialled.accept(b);
            Dialled dialled = Dialled.dial(a, b.endpoint(), null);
            dialled.connection().request(manifest.hash(), Said.blocks(manifest, List.of(0, 1)));
            accepted.message();
            content.change();
            CompletableFuture<Throwable> done = new CompletableFuture<>();
            accepted.connection().deliver(content, Block.whole(0), done::complete);
            assertThat(done.get(10, TimeUnit.SECONDS)).hasMessageContaining("size");
            Said reject = new Said.Refused(manifest.hash(), List.of(0), RefusalReason.CHANGED);
            assertThat(dialled.message()).isEqualTo(reject);
            accepted.connection().deliver(MemoryContent.whole(manifest, bytes), Block.whole(1), failure -> {});
            assertThat(dialled.chunk()).hasSize(CHUNK_BYTES);
        }
    }

    @Test
    void readingStopsWhileNoBufferIsFreeAndGoesOnLater() throws Exception {
        byte[] bytes = new byte[8 * CHUNK_BYTES];
        Manifest manifest = TestManifests.of("f", bytes, CHUNK_BYTES);
        MemoryContent content = MemoryContent.whole(manifest, bytes);
        TransferLimits tight = new TransferLimits(5_000, 1_500, 4_000, 64, 256, 64, 1 << 24, 2 * CHUNK_BYTES);
        try (RealNode a = RealNode.start(RealNode.NETWORK, tight);
                RealNode b = RealNode.start()) {
            Dialled accepted = Dialled.accept(b);
            Dialled dialled = new Dialled();
            dialled.keepChunks = true;
            a.network.dial(b.endpoint(), null, dialled);
            dialled.connection().request(manifest.hash(), Said.blocks(manifest, List.of(0, 1, 2, 3, 4, 5, 6, 7)));
            accepted.message();
            for (int i = 0; i < 8; i++) {
                accepted.connection().deliver(content, Block.whole(i), failure -> {});
            }
            for (int i = 0; i < 8; i++) {
                assertThat(dialled.chunk()).hasSize(CHUNK_BYTES);
                if (i > 0) {
                    dialled.unreleased.remove(0).release();
                }
            }
            dialled.unreleased.remove(0).release();
        }
    }

    @Test
    void aCloseIsHeardOnTheOtherSideAndEndsWhatIsBeingSent() throws Exception {
        byte[] bytes = new byte[4 * CHUNK_BYTES];
        Manifest manifest = TestManifests.of("f", bytes, CHUNK_BYTES);
        try (RealNode a = RealNode.start();
                RealNode b = RealNode.start()) {
            Dialled accepted = Dialled.accept(b);
            Dialled dialled = Dialled.dial(a, b.endpoint(), null);
            dialled.connection();
            PeerConnection other = accepted.connection();
            a.onLoop(() -> {
                dialled.connection().close();
                return 0;
            });
            assertThat(accepted.closeReason()).isEqualTo("closed the connection");
            CompletableFuture<Throwable> done = new CompletableFuture<>();
            other.deliver(MemoryContent.whole(manifest, bytes), Block.whole(0), done::complete);
            assertThat(done.get(10, TimeUnit.SECONDS)).isInstanceOf(ClosedChannelException.class);
        }
    }
}
