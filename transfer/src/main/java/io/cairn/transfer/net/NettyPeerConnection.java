package io.cairn.transfer.net;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.Content;
import io.cairn.transfer.content.Manifest;
import io.cairn.transfer.protocol.PeerMessage;
import io.cairn.transfer.swarm.PeerConnection;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The node loop's side of one session: passes everything on to the session's network thread. */
final class NettyPeerConnection implements PeerConnection {
    private final NodeId peer;
    private final Endpoint remote;
    private final @Nullable Endpoint listening;
    private final boolean dialled;
    private final MessageInbox inbox;
    private final SessionHandler handler;
    private final EventLoop thread;

    NettyPeerConnection(
            NodeId peer,
            Endpoint remote,
            @Nullable Endpoint listening,
            boolean dialled,
            MessageInbox inbox,
            SessionHandler handler,
            EventLoop thread) {
        this.peer = peer;
        this.remote = remote;
        this.listening = listening;
        this.dialled = dialled;
        this.inbox = inbox;
        this.handler = handler;
        this.thread = thread;
    }

    @Override
    public NodeId peer() {
        return peer;
    }

    @Override
    public Endpoint remote() {
        return remote;
    }

    @Override
    public @Nullable Endpoint listening() {
        return listening;
    }

    @Override
    public boolean isDialled() {
        return dialled;
    }

    @Override
    public void receive(Receiver receiver) {
        inbox.receive(receiver);
    }

    @Override
    public void send(PeerMessage message) {
        int weight = MessageWeight.of(message);
        handler.awaits(weight);
        toThread(() -> handler.send(message, weight));
    }

    @Override
    public void want(Manifest manifest, List<Integer> chunks) {
        List<Integer> asked = List.copyOf(chunks);
        List<Integer> lengths = asked.stream().map(manifest::chunkLength).toList();
        toThread(() -> handler.want(manifest.hash(), asked, lengths));
    }

    @Override
    public void want(Key share, int chunk, int length) {
        toThread(() -> handler.want(share, List.of(chunk), List.of(length)));
    }

    @Override
    public void sendChunk(Content content, int chunk, Consumer<@Nullable Throwable> done) {
        toThread(() -> handler.sendChunk(content, chunk, done));
    }

    @Override
    public long receivedBytes() {
        return inbox.receivedBytes();
    }

    @Override
    public long sentBytes() {
        return inbox.sentBytes();
    }

    @Override
    public void close() {
        inbox.shut();
        toThread(() -> handler.close("was let go"));
    }

    @Override
    public String toString() {
        return peer.toShortString() + "@" + remote;
    }

    private void toThread(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException shutDown) {
            inbox.closed("went with the network");
        }
    }
}
