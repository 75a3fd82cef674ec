package io.cairn.transfer.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.Manifest;
import io.cairn.transfer.content.TestManifests;
import io.cairn.transfer.protocol.PeerMessage;
import io.cairn.transfer.swarm.MemoryContent;
import io.cairn.transfer.swarm.PeerConnection;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
            assertThat(dialled.peer()).isEqualTo(b.identity.nodeId());
            assertThat(dialled.remote()).isEqualTo(b.endpoint());
            assertThat(dialled.isDialled()).isTrue();
            PeerConnection other = accepted.connection();
            assertThat(other.peer()).isEqualTo(a.identity.nodeId());
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
                dialled.connection().send(new PeerMessage.ManifestRequest(share, i));
            }
            for (int i = 0; i < 500; i++) {
                assertThat(accepted.message()).isEqualTo(new PeerMessage.ManifestRequest(share, i));
            }
            PeerMessage large = new PeerMessage.Have(share, ChunkSet.all(1 << 20));
            accepted.connection().send(large);
            assertThat(dialled.message()).isEqualTo(large);
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
            dialled.connection().want(manifest, List.of(5, 0, 1, 2, 3, 4));
            assertThat(accepted.message()).isEqualTo(new PeerMessage.Want(manifest.hash(), List.of(5, 0, 1, 2, 3, 4)));
            for (int chunk : List.of(5, 0, 1, 2, 3, 4)) {
                accepted.connection().sendChunk(content, chunk, failure -> {});
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
            dialled.connection().want(manifest, List.of(0, 1));
            accepted.message();
            content.change();
            CompletableFuture<Throwable> done = new CompletableFuture<>();
            accepted.connection().sendChunk(content, 0, done::complete);
            assertThat(done.get(10, TimeUnit.SECONDS)).hasMessageContaining("size");
            PeerMessage reject = new PeerMessage.Reject(manifest.hash(), List.of(0), PeerMessage.Reason.CHANGED);
            assertThat(dialled.message()).isEqualTo(reject);
            accepted.connection().sendChunk(MemoryContent.whole(manifest, bytes), 1, failure -> {});
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
            dialled.connection().want(manifest, List.of(0, 1, 2, 3, 4, 5, 6, 7));
            accepted.message();
            for (int i = 0; i < 8; i++) {
                accepted.connection().sendChunk(content, i, failure -> {});
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
            other.sendChunk(MemoryContent.whole(manifest, bytes), 0, done::complete);
            assertThat(done.get(10, TimeUnit.SECONDS)).isInstanceOf(ClosedChannelException.class);
        }
    }
}
