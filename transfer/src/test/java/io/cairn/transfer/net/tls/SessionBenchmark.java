package io.cairn.transfer.net.tls;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.net.NodeLoop;
import io.cairn.dht.net.SystemClock;
import io.cairn.dht.wire.NetworkId;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.Content;
import io.cairn.transfer.content.hashing.ChunkVerifier;
import io.cairn.transfer.content.manifest.FileEntry;
import io.cairn.transfer.content.manifest.InvalidManifestException;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.ManifestCodec;
import io.cairn.transfer.content.manifest.SharePath;
import io.cairn.transfer.net.TransferNetwork;
import io.cairn.transfer.net.admission.TransferLimits;
import io.cairn.transfer.net.session.DirectDecryption;
import io.cairn.transfer.net.session.TransferConfig;
import io.cairn.transfer.swarm.port.Block;
import io.cairn.transfer.swarm.port.DialFailure;
import io.cairn.transfer.swarm.port.PeerConnection;
import io.cairn.transfer.swarm.port.PeerConnections;
import io.cairn.transfer.swarm.port.ReceivedBlock;
import io.cairn.transfer.swarm.port.Said;
import io.netty.channel.Channel;
import io.netty.handler.ssl.DelegatingSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.net.ssl.SSLEngine;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The cost of encryption: 64 MiB through two sessions of one process over loopback, from memory, each chunk verified with both digests.
 * Without encryption, both ends remove TLS from their pipeline after the greeting.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class SessionBenchmark {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int CHUNKS = 64;
    private static final int AT_A_TIME = 16;

    @Param({"true", "false"})
    private boolean encrypted;

    private final Clock clock = new SystemClock();
    private final Queue<SslHandler> handlers = new ConcurrentLinkedQueue<>();
    private final Semaphore verified = new Semaphore(0);
    private final NodeLoop loop = NodeLoop.start();
    private final Content content;
    private final TransferNetwork sender;
    private final TransferNetwork receiver;
    private @Nullable PeerConnection connection;
    private volatile boolean failed;
    private int asked;
    private int arrived;

    public SessionBenchmark() {
        try {
            content = new Noise();
            sender = open();
            receiver = open();
        } catch (IOException | InvalidManifestException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Setup
    public void connect() throws Exception {
        sender.accept(accepted -> accepted.receive(new Sending(accepted)));
        CompletableFuture<PeerConnection> connected = new CompletableFuture<>();
        receiver.dial(
                new Endpoint(InetAddress.getLoopbackAddress(), sender.port()),
                null,
                new PeerConnections.DialListener() {
                    @Override
                    public void connected(PeerConnection made) {
                        made.receive(new Receiving(made));
                        connected.complete(made);
                    }

                    @Override
                    public void failed(DialFailure failure) {
                        connected.completeExceptionally(new IOException(failure.toString()));
                    }
                });
        connection = connected.get(10, TimeUnit.SECONDS);
        pass64Mebibytes();
        if (!encrypted) {
            for (SslHandler handler : handlers) {
                Channel channel = handler.handshakeFuture().getNow();
                channel.eventLoop()
                        .submit(() -> {
                            if (channel.pipeline().get(DirectDecryption.class) != null) {
                                channel.pipeline().remove(DirectDecryption.class);
                            }
                            channel.pipeline().remove(handler);
                        })
                        .get();
            }
        }
    }

    @TearDown
    public void close() {
        receiver.close();
        sender.close();
        loop.close();
    }

    @Benchmark
    public int pass64Mebibytes() throws InterruptedException {
        PeerConnection to = Objects.requireNonNull(connection);
        loop.execute(() -> {
            asked = 0;
            arrived = 0;
            ask(to);
            ask(to);
        });
        if (!verified.tryAcquire(CHUNKS, 30, TimeUnit.SECONDS) || failed) {
            throw new IllegalStateException("the chunks did not come, or came wrong");
        }
        return CHUNKS;
    }

    /** On the loop. */
    private void ask(PeerConnection of) {
        List<Integer> chunks = IntStream.range(asked, asked + AT_A_TIME).boxed().toList();
        of.request(content.manifest().hash(), Said.blocks(content.manifest(), chunks));
        asked += AT_A_TIME;
    }

    private TransferNetwork open() throws IOException {
        TransferConfig config = new TransferConfig(
                Identity.generate(new SecureRandom()),
                NetworkId.ofName("benchmark"),
                List.of(InetAddress.getLoopbackAddress()),
                0,
                "benchmark",
                TransferLimits.DEFAULT);
        RunTls tls = RunTls.prepare(loop, () -> {
            Tls made = Tls.generate(new SecureRandom(), clock.wallMillis());
            return new Tls(new Noting(made.server()), new Noting(made.client()), made.fingerprint());
        });
        return TransferNetwork.open(config, tls, clock, loop);
    }

    /** Remembers the handlers of both ends. */
    private final class Noting extends DelegatingSslContext {
        Noting(SslContext context) {
            super(context);
        }

        @Override
        protected void initEngine(SSLEngine engine) {
            // stays as it was made
        }

        @Override
        protected void initHandler(SslHandler handler) {
            handlers.add(handler);
        }
    }

    private final class Sending extends Said.Ear {
        private final PeerConnection to;

        Sending(PeerConnection to) {
            this.to = to;
        }

        @Override
        protected void said(Said what) {
            if (what instanceof Said.Requested request) {
                request.chunks().forEach(chunk -> to.deliver(content, Block.whole(chunk), sent -> {}));
            }
        }

        @Override
        public void closed(String reason) {
            failed = true;
        }
    }

    private final class Receiving extends Said.Ear {
        private final PeerConnection from;

        Receiving(PeerConnection from) {
            this.from = from;
        }

        @Override
        protected void said(Said what) {
            failed |= what instanceof Said.Refused;
        }

        @Override
        public void delivered(ReceivedBlock chunk) {
            loop.offload(
                    () -> {
                        boolean right = ChunkVerifier.verifies(content.manifest(), chunk.chunk(), chunk.data());
                        chunk.release();
                        return right;
                    },
                    (right, failure) -> {
                        failed |= !Boolean.TRUE.equals(right);
                        if (++arrived % AT_A_TIME == 0 && asked < CHUNKS) {
                            ask(from);
                        }
                        verified.release();
                    });
        }

        @Override
        public void closed(String reason) {
            failed = true;
        }
    }

    /** Random bytes in memory; every chunk is the same. */
    private static final class Noise implements Content {
        private final byte[] chunk = new byte[CHUNK_BYTES];
        private final Manifest manifest;

        Noise() throws InvalidManifestException {
            new SecureRandom().nextBytes(chunk);
            ByteBuffer sha1s = ByteBuffer.allocate(20 * CHUNKS);
            ByteBuffer sha256s = ByteBuffer.allocate(32 * CHUNKS);
            for (int i = 0; i < CHUNKS; i++) {
                sha1s.put(DigestUtils.sha1(chunk));
                sha256s.put(DigestUtils.sha256(chunk));
            }
            FileEntry file = new FileEntry(new SharePath(List.of("noise")), (long) CHUNKS * CHUNK_BYTES, false);
            manifest = ManifestCodec.build(
                    "noise", false, CHUNK_BYTES, List.of(file), List.of(), sha1s.array(), sha256s.array());
        }

        @Override
        public Manifest manifest() {
            return manifest;
        }

        @Override
        public ChunkSet have() {
            return ChunkSet.all(CHUNKS);
        }

        @Override
        public void read(int which, int offset, ByteBuffer target) {
            target.put(chunk, offset, target.remaining());
        }

        @Override
        public void close() {}
    }
}
