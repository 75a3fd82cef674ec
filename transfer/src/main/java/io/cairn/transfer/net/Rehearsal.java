package io.cairn.transfer.net;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Endpoint;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.ChunkVerifier;
import io.cairn.transfer.content.Content;
import io.cairn.transfer.content.FileEntry;
import io.cairn.transfer.content.InvalidManifestException;
import io.cairn.transfer.content.Manifest;
import io.cairn.transfer.content.ManifestCodec;
import io.cairn.transfer.content.SharePath;
import io.cairn.transfer.protocol.PeerMessage;
import io.cairn.transfer.swarm.DialFailure;
import io.cairn.transfer.swarm.PeerConnection;
import io.cairn.transfer.swarm.PeerConnections;
import io.cairn.transfer.swarm.ReceivedChunk;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes bytes through two sessions of this process, over loopback, so that the JVM has compiled the way of a chunk before the first real
 * one comes: a fresh process spends more time on becoming fast than one GiB takes it afterwards. Both ends are nobody's: identities,
 * certificates and content exist for the rehearsal only. Runs on the node's loop and workers.
 */
final class Rehearsal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final int CHUNK_BYTES = 1024 * 1024;
    private static final int CHUNKS = 8;

    private final Clock clock;
    private final Scheduler scheduler;
    private final BooleanSupplier enough;
    private final Runnable whenOver;
    private final TransferNetwork sender;
    private final TransferNetwork receiver;
    private final Content content;
    private long bytesLeft;
    private boolean over;

    private Rehearsal(
            Clock clock,
            Scheduler scheduler,
            TransferConfig sample,
            long bytes,
            BooleanSupplier enough,
            Runnable whenOver)
            throws IOException {
        this.clock = clock;
        this.scheduler = scheduler;
        this.enough = enough;
        this.whenOver = whenOver;
        this.bytesLeft = bytes;
        this.content = new Noise();
        sender = open(sample);
        try {
            receiver = open(sample);
        } catch (IOException | RuntimeException failed) {
            sender.close();
            throw failed;
        }
    }

    /**
     * Begins; to be called on a worker. Ends by itself.
     *
     * @param sample network and limits are taken from it
     * @param bytes how many pass at most
     * @param enough asked after every chunk whether to stop now
     * @param whenOver run on the loop when both networks are closed
     */
    static Rehearsal begin(
            Clock clock,
            Scheduler scheduler,
            TransferConfig sample,
            long bytes,
            BooleanSupplier enough,
            Runnable whenOver)
            throws IOException {
        Rehearsal rehearsal = new Rehearsal(clock, scheduler, sample, bytes, enough, whenOver);
        scheduler.execute(rehearsal::connect);
        return rehearsal;
    }

    /** Ends it now. Any thread but those of the networks. */
    @Override
    public void close() {
        receiver.close();
        sender.close();
    }

    private TransferNetwork open(TransferConfig sample) throws IOException {
        TransferConfig own = new TransferConfig(
                Identity.generate(new SecureRandom()),
                sample.network(),
                List.of(InetAddress.getLoopbackAddress()),
                0,
                sample.agent(),
                sample.limits());
        return TransferNetwork.open(own, clock, scheduler);
    }

    private void connect() {
        sender.accept(connection -> connection.receive(new Sending(connection)));
        PeerConnections.Attempt unused = receiver.dial(
                new Endpoint(InetAddress.getLoopbackAddress(), sender.port()),
                null,
                new PeerConnections.DialListener() {
                    @Override
                    public void connected(PeerConnection connection) {
                        connection.receive(new Receiving(connection));
                        connection.want(
                                content.manifest(),
                                IntStream.range(0, CHUNKS).boxed().toList());
                    }

                    @Override
                    public void failed(DialFailure failure) {
                        LOG.debug("no rehearsal: {}", failure);
                        end();
                    }
                });
    }

    private void end() {
        if (!over) {
            over = true;
            scheduler.offload(
                    () -> {
                        close();
                        return null;
                    },
                    (nothing, failure) -> whenOver.run());
        }
    }

    /** Answers every request. */
    private final class Sending implements PeerConnection.Receiver {
        private final PeerConnection connection;

        Sending(PeerConnection connection) {
            this.connection = connection;
        }

        @Override
        public void message(PeerMessage message) {
            if (message instanceof PeerMessage.Want want) {
                want.chunks().forEach(chunk -> connection.sendChunk(content, chunk, sent -> {}));
            }
        }

        @Override
        public void chunk(ReceivedChunk chunk) {
            chunk.release().run();
        }

        @Override
        public void closed(String reason) {
            end();
        }
    }

    /** Verifies what comes, and asks for it again. */
    private final class Receiving implements PeerConnection.Receiver {
        private final PeerConnection connection;

        Receiving(PeerConnection connection) {
            this.connection = connection;
        }

        @Override
        public void message(PeerMessage message) {}

        @Override
        public void chunk(ReceivedChunk chunk) {
            bytesLeft -= chunk.length();
            scheduler.offload(
                    () -> {
                        boolean right = ChunkVerifier.verifies(content.manifest(), chunk.chunk(), chunk.data());
                        chunk.release().run();
                        return right;
                    },
                    (right, failure) -> {
                        if (bytesLeft <= 0 || enough.getAsBoolean() || !Boolean.TRUE.equals(right)) {
                            end();
                        } else if (!over) {
                            connection.want(content.manifest(), List.of(chunk.chunk()));
                        }
                    });
        }

        @Override
        public void closed(String reason) {
            end();
        }
    }

    /** Random bytes in memory; every chunk is the same. */
    private static final class Noise implements Content {
        private final byte[] chunk = new byte[CHUNK_BYTES];
        private final Manifest manifest;

        Noise() {
            new SecureRandom().nextBytes(chunk);
            ByteBuffer sha1s = ByteBuffer.allocate(20 * CHUNKS);
            ByteBuffer sha256s = ByteBuffer.allocate(32 * CHUNKS);
            for (int i = 0; i < CHUNKS; i++) {
                sha1s.put(DigestUtils.sha1(chunk));
                sha256s.put(DigestUtils.sha256(chunk));
            }
            FileEntry file = new FileEntry(new SharePath(List.of("rehearsal")), (long) CHUNKS * CHUNK_BYTES, false);
            try {
                manifest = ManifestCodec.build(
                        "rehearsal", false, CHUNK_BYTES, List.of(file), List.of(), sha1s.array(), sha256s.array());
            } catch (InvalidManifestException impossible) {
                throw new IllegalStateException(impossible);
            }
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
