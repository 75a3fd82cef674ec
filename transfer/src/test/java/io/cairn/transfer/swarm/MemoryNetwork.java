package io.cairn.transfer.swarm;

import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.MalformedException;
import io.cairn.transfer.content.Content;
import io.cairn.transfer.content.ContentChangedException;
import io.cairn.transfer.content.Manifest;
import io.cairn.transfer.protocol.PeerMessage;
import io.cairn.transfer.protocol.PeerMessageCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sessions in memory: each message is encoded and decoded, takes a while, and each node sends so many bytes a millisecond. Nodes can vanish
 * without a word. Stricter than reality: a chunk that comes without having been asked for fails the test.
 */
final class MemoryNetwork {
    private static final int DELAY_MILLIS = 1;

    private final Scheduler scheduler;
    private final Map<Endpoint, Node> nodes = new LinkedHashMap<>();

    MemoryNetwork(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    Node node(NodeId id, Endpoint endpoint) {
        Node node = new Node(id, endpoint);
        nodes.put(endpoint, node);
        return node;
    }

    /** One node's end of the network. */
    final class Node implements PeerConnections {
        private final NodeId id;
        private final Endpoint endpoint;
        private final List<End> ends = new ArrayList<>();
        private @Nullable Consumer<PeerConnection> accepter;
        private boolean vanished;
        int bytesPerMilli = 100_000;
        int dialsReceived;

        Node(NodeId id, Endpoint endpoint) {
            this.id = id;
            this.endpoint = endpoint;
        }

        Endpoint endpoint() {
            return endpoint;
        }

        /** From now on nothing comes out of it and nothing goes in, and nobody is told. */
        void vanish() {
            vanished = true;
        }

        @Override
        public void accept(Consumer<PeerConnection> newAccepter) {
            accepter = newAccepter;
        }

        @Override
        public Attempt dial(Endpoint to, @Nullable NodeId expected, DialListener listener) {
            boolean[] cancelled = {false};
            scheduler.schedule(2 * DELAY_MILLIS, () -> {
                Node node = nodes.get(to);
                if (!cancelled[0]) {
                    connect(node, expected, listener);
                }
            });
            return () -> cancelled[0] = true;
        }

        private void connect(@Nullable Node node, @Nullable NodeId expected, DialListener listener) {
            Consumer<PeerConnection> accepting = node == null ? null : node.accepter;
            if (node == null || accepting == null) {
                listener.failed(new DialFailure(DialFailure.Kind.REFUSED, "does not listen"));
            } else if (node.vanished || vanished) {
                scheduler.schedule(
                        4_000, () -> listener.failed(new DialFailure(DialFailure.Kind.TIMED_OUT, "does not answer")));
            } else if (expected != null && !expected.equals(node.id)) {
                listener.failed(new DialFailure(DialFailure.Kind.NOT_GREETED, "closed the connection"));
            } else {
                node.dialsReceived++;
                End mine = new End(this, node, true);
                End theirs = new End(node, this, false);
                mine.other = theirs;
                theirs.other = mine;
                listener.connected(mine);
                scheduler.schedule(DELAY_MILLIS, () -> accepting.accept(theirs));
            }
        }

        @Override
        public void close() {
            accepter = null;
            List.copyOf(ends).forEach(End::close);
        }
    }

    /** One side of a session. */
    private final class End implements PeerConnection {
        private final Node self;
        private final Node peer;
        private final boolean dialled;
        private final Set<List<Object>> wanted = new LinkedHashSet<>();
        private final Deque<Runnable> toSend = new ArrayDeque<>();
        private @Nullable End other;
        private @Nullable Receiver receiver;
        private boolean sending;
        private boolean closed;
        private long received;
        private long sent;

        End(Node self, Node peer, boolean dialled) {
            this.self = self;
            this.peer = peer;
            this.dialled = dialled;
            self.ends.add(this);
        }

        @Override
        public NodeId peer() {
            return peer.id;
        }

        @Override
        public Endpoint remote() {
            return dialled ? peer.endpoint : new Endpoint(peer.endpoint.address(), 55_555);
        }

        @Override
        public @Nullable Endpoint listening() {
            return peer.endpoint;
        }

        @Override
        public boolean isDialled() {
            return dialled;
        }

        @Override
        public void receive(Receiver newReceiver) {
            receiver = newReceiver;
        }

        @Override
        public void send(PeerMessage message) {
            byte[] bytes = PeerMessageCodec.encode(message);
            enqueue(() -> transmit(bytes.length, () -> to().heard(bytes)));
        }

        @Override
        public void want(Manifest manifest, List<Integer> chunks) {
            for (int chunk : chunks) {
                if (!wanted.add(List.of(manifest.hash(), chunk))) {
                    throw new IllegalStateException("asked twice for chunk " + chunk);
                }
            }
            send(new PeerMessage.Want(manifest.hash(), chunks));
        }

        @Override
        public void sendChunk(Content content, int chunk, Consumer<@Nullable Throwable> done) {
            enqueue(() -> {
                ByteBuffer bytes = ByteBuffer.allocate(content.manifest().chunkLength(chunk));
                try {
                    content.read(chunk, 0, bytes);
                } catch (IOException unreadable) {
                    boolean changed = unreadable instanceof ContentChangedException;
                    byte[] reject = PeerMessageCodec.encode(new PeerMessage.Reject(
                            content.manifest().hash(),
                            List.of(chunk),
                            changed ? PeerMessage.Reason.CHANGED : PeerMessage.Reason.NOT_HAD));
                    transmit(reject.length, () -> to().heard(reject));
                    scheduler.execute(() -> done.accept(unreadable));
                    return;
                }
                transmit(bytes.capacity(), () -> {
                    to().arrived(content.manifest(), chunk, bytes.array());
                    done.accept(null);
                });
            });
        }

        @Override
        public long receivedBytes() {
            return received;
        }

        @Override
        public long sentBytes() {
            return sent;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                scheduler.schedule(DELAY_MILLIS, () -> to().closedByOther());
            }
        }

        private End to() {
            if (other == null) {
                throw new IllegalStateException("not connected");
            }
            return other;
        }

        private void enqueue(Runnable transmission) {
            toSend.addLast(transmission);
            if (!sending) {
                next();
            }
        }

        private void next() {
            Runnable transmission = toSend.pollFirst();
            sending = transmission != null;
            if (transmission != null) {
                scheduler.execute(transmission);
            }
        }

        private void transmit(int bytes, Runnable arrival) {
            if (closed || self.vanished || peer.vanished) {
                return;
            }
            scheduler.schedule(Math.max(1, bytes / self.bytesPerMilli), () -> {
                sent += bytes;
                scheduler.schedule(DELAY_MILLIS, () -> {
                    if (!to().closed && !self.vanished && !peer.vanished) {
                        to().received += bytes;
                        arrival.run();
                    }
                });
                next();
            });
        }

        private void heard(byte[] bytes) {
            try {
                PeerMessage message = PeerMessageCodec.decode(bytes);
                if (message instanceof PeerMessage.Reject reject) {
                    reject.chunks().forEach(chunk -> wanted.remove(List.of(reject.share(), chunk)));
                }
                if (receiver != null) {
                    receiver.message(message);
                }
            } catch (MalformedException malformed) {
                throw new IllegalStateException("a node sent what cannot be decoded", malformed);
            }
        }

        private void arrived(Manifest manifest, int chunk, byte[] bytes) {
            if (!wanted.remove(List.of(manifest.hash(), chunk))) {
                throw new IllegalStateException("nobody asked for chunk " + chunk);
            }
            if (receiver != null) {
                receiver.chunk(new ReceivedChunk(manifest.hash(), chunk, ByteBuffer.wrap(bytes), () -> {}));
            }
        }

        private void closedByOther() {
            if (!closed && !self.vanished) {
                closed = true;
                if (receiver != null) {
                    receiver.closed("closed the connection");
                }
            }
        }
    }
}
