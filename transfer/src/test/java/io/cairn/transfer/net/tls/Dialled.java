package io.cairn.transfer.net.tls;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.swarm.port.DialFailure;
import io.cairn.transfer.swarm.port.PeerConnection;
import io.cairn.transfer.swarm.port.PeerConnections;
import io.cairn.transfer.swarm.port.PeerId;
import io.cairn.transfer.swarm.port.ReceivedBlock;
import io.cairn.transfer.swarm.port.Said;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One side of a session in a test: waits for it and records what it receives. */
public final class Dialled extends Said.Ear implements PeerConnections.DialListener {
    private final CompletableFuture<PeerConnection> connection = new CompletableFuture<>();
    private final CompletableFuture<DialFailure> failure = new CompletableFuture<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private final BlockingQueue<Said> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> chunks = new LinkedBlockingQueue<>();
    final List<ReceivedBlock> unreleased = new CopyOnWriteArrayList<>();
    boolean keepChunks;

    public static Dialled dial(RealNode from, Endpoint to, @Nullable NodeId expected) {
        Dialled dialled = new Dialled();
        from.network.dial(to, expected == null ? null : PeerId.of(expected), dialled);
        return dialled;
    }

    /** The next session that others open to a node. */
    public static Dialled accept(RealNode node) {
        Dialled accepted = new Dialled();
        node.network.accept(accepted::connected);
        return accepted;
    }

    public PeerConnection connection() {
        return connection.orTimeout(10, TimeUnit.SECONDS).join();
    }

    public DialFailure failure() {
        return failure.orTimeout(10, TimeUnit.SECONDS).join();
    }

    public String closeReason() {
        return closed.orTimeout(10, TimeUnit.SECONDS).join();
    }

    boolean isConnected() {
        return connection.isDone();
    }

    Said message() throws InterruptedException {
        Said message = messages.poll(10, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no message");
        }
        return message;
    }

    byte[] chunk() throws InterruptedException {
        byte[] chunk = chunks.poll(10, TimeUnit.SECONDS);
        if (chunk == null) {
            throw new AssertionError("no chunk");
        }
        return chunk;
    }

    /** Whole chunks that arrived and were not read by the test yet. */
    int heardChunks() {
        return chunks.size();
    }

    @Override
    public void connected(PeerConnection newConnection) {
        newConnection.receive(this);
        connection.complete(newConnection);
    }

    @Override
    public void failed(DialFailure why) {
        failure.complete(why);
    }

    @Override
    protected void said(Said what) {
        messages.add(what);
    }

    @Override
    public void delivered(ReceivedBlock chunk) {
        byte[] bytes = new byte[chunk.length()];
        chunk.data().get(0, bytes);
        if (keepChunks) {
            unreleased.add(chunk);
        } else {
            chunk.release();
        }
        chunks.add(bytes);
    }

    @Override
    public void closed(String reason) {
        closed.complete(reason);
    }
}
