package io.cairn.transfer.swarm.port;

import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.trace.TraceContext;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.Content;
import io.cairn.transfer.swarm.peer.ReadFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
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
 * Sessions in memory, on a wire of their own that cuts chunks as it is asked to: a message takes about as long as its bytes take on a real
 * wire. Each node has one line with a rate each way, which its sessions share in turns; as with TCP, the bytes in transit of a session are
 * bounded. Nodes can vanish without notice. Stricter than reality: a block that is delivered or requested out of turn, or a delivery that
 * ends twice, fails the test.
 */
public final class MemoryNetwork {
    private static final int DIAL_MILLIS_MAX = 4_000;
    private static final int TURN_MILLIS = 4;

    /** What a key, and a number of a chunk, take on a wire, in bytes. */
    private static final int KEY_BYTES = 24;

    private static final int NUMBER_BYTES = 3;

    private final Scheduler scheduler;
    final Clock clock;
    private final Map<Endpoint, Node> nodes = new LinkedHashMap<>();
    private final Set<InetAddress> silent = new LinkedHashSet<>();
    private final Map<InetAddress, List<Long>> dials = new LinkedHashMap<>();
    Weather weather = Weather.CALM;

    MemoryNetwork(VirtualTime time) {
        this.scheduler = time;
        this.clock = time;
    }

    Node node(NodeId id, Endpoint endpoint) {
        Node node = new Node(id, endpoint);
        nodes.put(endpoint, node);
        return node;
    }

    /** From now on nothing at this address answers, not even with a refusal. */
    void silence(InetAddress address) {
        silent.add(address);
    }

    /** From now on bytes take as long as this says. */
    void weather(Weather now) {
        weather = now;
    }

    /** Runs a task when the bytes that leave one node now are at another, if ever. */
    private void after(Node from, Node to, Runnable task) {
        long delayMillis = weather.delayMillis(from.endpoint, to.endpoint);
        if (delayMillis != Weather.NEVER) {
            scheduler.schedule(delayMillis, task);
        }
    }

    /** When an address was dialled, by whomever, in milliseconds. */
    List<Long> dialsOf(InetAddress address) {
        return dials.getOrDefault(address, List.of());
    }

    /** One node's end of the network. */
    public final class Node implements PeerConnections {
        private final NodeId id;
        final Endpoint endpoint;
        private final List<End> ends = new ArrayList<>();
        private @Nullable Consumer<PeerConnection> accepter;
        final Deque<Transfer> ready = new ArrayDeque<>();
        boolean vanished;
        private boolean busy;
        private double upFreeAtMillis;
        double downFreeAtMillis;
        public int bytesPerMilli = 100_000;
        int dialsReceived;
        long sentBytes;
        long sentMessages;
        long receivedBytes;
        long receivedAtMillis;
        int chunksKept;
        int chunksLent;

        Node(NodeId id, Endpoint endpoint) {
            this.id = id;
            this.endpoint = endpoint;
        }

        public Endpoint endpoint() {
            return endpoint;
        }

        /** From now on nothing comes out of it and nothing goes in, and nobody is told. */
        void vanish() {
            vanished = true;
        }

        void transmit(Transfer transfer) {
            ready.addLast(transfer);
            if (!busy) {
                busy = true;
                upFreeAtMillis = Math.max(upFreeAtMillis, (double) clock.monotonicMillis());
                takeTurn();
            }
        }

        private void takeTurn() {
            Transfer transfer = ready.pollFirst();
            busy = transfer != null;
            if (transfer != null) {
                int bytes = Math.min(transfer.bytesLeft, Math.max(1, TURN_MILLIS * bytesPerMilli));
                upFreeAtMillis += (double) bytes / bytesPerMilli;
                at(upFreeAtMillis, () -> {
                    transfer.left(bytes);
                    takeTurn();
                });
            }
        }

        void at(double millis, Runnable task) {
            scheduler.schedule(Math.max(0, (long) Math.ceil(millis) - clock.monotonicMillis()), task);
        }

        @Override
        public void accept(Consumer<PeerConnection> newAccepter) {
            accepter = newAccepter;
        }

        @Override
        public Attempt dial(Endpoint to, @Nullable PeerId expected, DialListener listener) {
            boolean[] cancelled = {false};
            dials.computeIfAbsent(to.address(), address -> new ArrayList<>()).add(clock.monotonicMillis());
            long tripMillis = Math.max(weather.delayMillis(endpoint, to), weather.delayMillis(to, endpoint));
            boolean isLost = tripMillis >= DIAL_MILLIS_MAX / 2 || silent.contains(to.address());
            scheduler.schedule(isLost ? 2 : 2 * tripMillis, () -> {
                Node node = nodes.get(to);
                if (!cancelled[0] && (isLost || node != null && (node.vanished || vanished))) {
                    timeOut(listener, cancelled);
                } else if (!cancelled[0]) {
                    connect(node, expected, listener);
                }
            });
            return () -> cancelled[0] = true;
        }

        @Override
        public void knock(Endpoint to, Consumer<DialBackEnd> done) {
            dials.computeIfAbsent(to.address(), address -> new ArrayList<>()).add(clock.monotonicMillis());
            Node node = nodes.get(to);
            boolean isSilent = silent.contains(to.address()) || vanished || node != null && node.vanished;
            DialBackEnd heard = node != null && node.accepter != null ? DialBackEnd.CONNECTED : DialBackEnd.REFUSED;
            DialBackEnd end = isSilent ? DialBackEnd.TIMED_OUT : heard;
            scheduler.schedule(isSilent ? 2_500 : 2, () -> done.accept(end));
        }

        private void connect(@Nullable Node node, @Nullable PeerId expected, DialListener listener) {
            Consumer<PeerConnection> accepting = node == null ? null : node.accepter;
            if (node == null || accepting == null) {
                listener.failed(new DialFailure(DialFailure.Kind.REFUSED, "does not listen"));
            } else if (expected != null && !expected.equals(PeerId.of(node.id))) {
                listener.failed(new DialFailure(DialFailure.Kind.NOT_GREETED, "closed the connection"));
            } else {
                node.dialsReceived++;
                End mine = new End(this, node, true);
                End theirs = new End(node, this, false);
                mine.other = theirs;
                theirs.other = mine;
                listener.connected(mine);
                scheduler.schedule(1, () -> accepting.accept(theirs));
            }
        }

        private void timeOut(DialListener listener, boolean[] cancelled) {
            scheduler.schedule(DIAL_MILLIS_MAX, () -> {
                if (!cancelled[0]) {
                    listener.failed(new DialFailure(DialFailure.Kind.TIMED_OUT, "does not answer"));
                }
            });
        }

        @Override
        public void close() {
            accepter = null;
            List.copyOf(ends).forEach(End::close);
        }
    }

    /** One side of a session. */
    final class End implements PeerConnection {
        final Node self;
        final Node peer;
        private final boolean dialled;
        private final Set<List<Object>> wanted = new LinkedHashSet<>();
        private final CarriedTraces traces = new CarriedTraces();
        private final Deque<Runnable> toSend = new ArrayDeque<>();
        private final Set<Delivery> undelivered = new LinkedHashSet<>();
        private @Nullable End other;
        private @Nullable Receiver receiver;
        private boolean sending;
        boolean closed;
        boolean isLost;
        double arrivedAtMillis;
        long received;
        long sent;

        End(Node self, Node peer, boolean dialled) {
            this.self = self;
            this.peer = peer;
            this.dialled = dialled;
            self.ends.add(this);
        }

        @Override
        public PeerId peer() {
            return PeerId.of(peer.id);
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
        public void trace(Key share, @Nullable TraceContext trace) {
            traces.set(share, trace);
        }

        @Override
        public void requestManifest(Key share, int offset) {
            say(KEY_BYTES, traces.with(share, to -> to.manifestRequested(share, offset)));
        }

        @Override
        public void deliverManifest(ManifestPiece piece) {
            say(KEY_BYTES + piece.bytes().length, to -> to.manifestDelivered(piece));
        }

        @Override
        public void offer(Key share, ChunkSet chunks) {
            say(KEY_BYTES + chunks.chunkCount() / Byte.SIZE, to -> to.offered(share, chunks));
        }

        @Override
        public void offerMore(Key share, List<Integer> chunks) {
            List<Integer> named = List.copyOf(chunks);
            say(KEY_BYTES + NUMBER_BYTES * named.size(), to -> to.offeredMore(share, named));
        }

        @Override
        public void request(Key share, List<Block> blocks) {
            List<Block> named = List.copyOf(blocks);
            for (Block block : named) {
                if (!wanted.add(List.of(share, block.chunk(), block.offset()))) {
                    throw new IllegalStateException("asked twice for " + block);
                }
            }
            say(KEY_BYTES + NUMBER_BYTES * named.size(), traces.with(share, to -> to.requested(share, named)));
        }

        @Override
        public void cancel(Key share, List<Block> blocks) {
            List<Block> named = List.copyOf(blocks);
            say(KEY_BYTES + NUMBER_BYTES * named.size(), to -> to.cancelled(share, named));
        }

        @Override
        public void refuse(Key share, List<Block> blocks, RefusalReason reason) {
            List<Block> named = List.copyOf(blocks);
            int bytes = KEY_BYTES + NUMBER_BYTES * named.size();
            self.sentMessages++;
            enqueue(() -> transmit(bytes, () -> {}, () -> to().refusedByOther(share, named, reason)));
        }

        @Override
        public void deliver(Content content, Block block, Consumer<@Nullable Throwable> done) {
            Key share = content.manifest().hash();
            int chunk = block.chunk();
            if (closed) {
                scheduler.execute(() -> done.accept(new ClosedChannelException()));
                return;
            }
            Delivery delivery = new Delivery(done);
            undelivered.add(delivery);
            enqueue(() -> {
                if (closed) {
                    return;
                }
                ByteBuffer bytes =
                        ByteBuffer.allocate(block.lengthIn(content.manifest().chunkLength(chunk)));
                try {
                    content.read(chunk, block.offset(), bytes);
                } catch (IOException unreadable) {
                    RefusalReason reason = ReadFailure.reason(unreadable);
                    transmit(KEY_BYTES, () -> {}, () -> to().refusedByOther(share, List.of(block), reason));
                    scheduler.execute(() -> ended(delivery, unreadable));
                    return;
                }
                transmit(
                        bytes.capacity(), () -> ended(delivery, null), () -> to().arrived(share, block, bytes.array()));
            });
        }

        @Override
        public void introduce(Key share, List<PeerAddress> others) {
            say(KEY_BYTES * (1 + 2 * others.size()), to -> to.introduced(share, others));
        }

        @Override
        public void locate(List<Key> chunkKeys) {
            say(KEY_BYTES * chunkKeys.size(), to -> to.locationsAsked(chunkKeys));
        }

        @Override
        public void tellLocations(List<ChunkPlace> places) {
            say(KEY_BYTES * 2 * places.size() + 1, to -> to.located(places));
        }

        @Override
        public void askDialBack() {
            say(1, Receiver::dialBackAsked);
        }

        @Override
        public void tellDialBack(DialBackEnd end) {
            say(1, to -> to.dialledBack(end));
        }

        @Override
        public void ask(Question question) {
            say(question.body().length + NUMBER_BYTES, to -> to.asked(question));
        }

        @Override
        public void reply(Reply reply) {
            byte[] body = reply.body();
            say((body == null ? 0 : body.length) + NUMBER_BYTES, to -> to.answered(reply));
        }

        @Override
        public void prove(Key share, byte[] proof) {
            say(KEY_BYTES + proof.length, to -> to.proven(share, proof));
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
                endDeliveries();
                after(self, peer, () -> to().closedByOther());
            }
        }

        /** A session that ends tells each delivery so, once. */
        private void endDeliveries() {
            List<Delivery> unfinished = List.copyOf(undelivered);
            undelivered.clear();
            scheduler.execute(() -> unfinished.forEach(delivery -> delivery.done.accept(new ClosedChannelException())));
        }

        private void ended(Delivery delivery, @Nullable Throwable failure) {
            if (undelivered.remove(delivery)) {
                delivery.done.accept(failure);
            } else if (!closed) {
                throw new IllegalStateException("a delivery ended twice");
            }
        }

        End to() {
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

        void next() {
            Runnable transmission = toSend.pollFirst();
            sending = transmission != null;
            if (transmission != null) {
                scheduler.execute(transmission);
            }
        }

        private void transmit(int bytes, Runnable sentAll, Runnable arrival) {
            if (!closed && !self.vanished && !peer.vanished) {
                self.transmit(new Transfer(MemoryNetwork.this, this, bytes, sentAll, arrival));
            }
        }

        private void say(int bytes, Consumer<Receiver> what) {
            self.sentMessages++;
            enqueue(() -> transmit(bytes, () -> {}, () -> to().hear(what)));
        }

        private void hear(Consumer<Receiver> what) {
            if (receiver != null) {
                what.accept(receiver);
            }
        }

        private void refusedByOther(Key share, List<Block> blocks, RefusalReason reason) {
            blocks.forEach(block -> wanted.remove(List.of(share, block.chunk(), block.offset())));
            hear(to -> to.refused(share, blocks, reason));
        }

        private void arrived(Key share, Block block, byte[] bytes) {
            if (!wanted.remove(List.of(share, block.chunk(), block.offset()))) {
                throw new IllegalStateException("nobody asked for " + block);
            }
            ReceivedBlock received = new ReceivedBlock(
                    share, block.chunk(), block.offset(), ByteBuffer.wrap(bytes), new CountedMemory(self));
            hear(to -> to.delivered(received));
        }

        private void closedByOther() {
            if (!closed && !self.vanished) {
                closed = true;
                endDeliveries();
                if (receiver != null) {
                    receiver.closed("closed the connection");
                }
            }
        }
    }
}
