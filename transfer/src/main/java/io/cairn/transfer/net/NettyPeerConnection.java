package io.cairn.transfer.net;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.trace.TraceContext;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.Content;
import io.cairn.transfer.net.session.MessageInbox;
import io.cairn.transfer.net.session.MessageWeight;
import io.cairn.transfer.net.session.PeerMessages;
import io.cairn.transfer.net.session.SessionHandler;
import io.cairn.transfer.protocol.PeerMessage;
import io.cairn.transfer.protocol.ProtocolLimits;
import io.cairn.transfer.swarm.port.Block;
import io.cairn.transfer.swarm.port.ChunkPlace;
import io.cairn.transfer.swarm.port.DialBackEnd;
import io.cairn.transfer.swarm.port.ManifestPiece;
import io.cairn.transfer.swarm.port.PeerAddress;
import io.cairn.transfer.swarm.port.PeerConnection;
import io.cairn.transfer.swarm.port.PeerId;
import io.cairn.transfer.swarm.port.Question;
import io.cairn.transfer.swarm.port.RefusalReason;
import io.cairn.transfer.swarm.port.Reply;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The node loop's side of one session on Cairn's own wire: turns the swarm's calls into messages for the session's network thread. */
final class NettyPeerConnection implements PeerConnection {
    private final PeerId peer;
    private final Endpoint remote;
    private final @Nullable Endpoint listening;
    private final boolean dialled;
    private final MessageInbox inbox;
    private final SessionHandler handler;
    private final EventLoop thread;

    NettyPeerConnection(
            PeerId peer,
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
    public PeerId peer() {
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
    public void trace(Key share, @Nullable TraceContext trace) {
        toThread(() -> handler.trace(share, trace));
    }

    @Override
    public void requestManifest(Key share, int offset) {
        send(new PeerMessage.ManifestRequest(share, offset));
    }

    @Override
    public void deliverManifest(ManifestPiece piece) {
        send(new PeerMessage.ManifestPart(piece.share(), piece.offset(), piece.total(), piece.bytes()));
    }

    @Override
    public void offer(Key share, ChunkSet chunks) {
        send(new PeerMessage.Have(share, chunks));
    }

    @Override
    public void offerMore(Key share, List<Integer> chunks) {
        inParts(chunks, part -> send(new PeerMessage.HaveMore(share, part)));
    }

    @Override
    public void request(Key share, List<Block> blocks) {
        inParts(blocks, part -> {
            List<Integer> chunks = PeerMessages.chunks(part);
            List<Integer> lengths = part.stream().map(Block::length).toList();
            toThread(() -> handler.want(share, chunks, lengths));
        });
    }

    @Override
    public void cancel(Key share, List<Block> blocks) {
        inParts(blocks, part -> send(new PeerMessage.Cancel(share, PeerMessages.chunks(part))));
    }

    @Override
    public void refuse(Key share, List<Block> blocks, RefusalReason reason) {
        inParts(
                blocks,
                part -> send(new PeerMessage.Reject(share, PeerMessages.chunks(part), PeerMessages.reason(reason))));
    }

    @Override
    public void deliver(Content content, Block block, Consumer<@Nullable Throwable> done) {
        int chunk = block.chunk();
        if (block.offset() != 0 || block.length() < content.manifest().chunkLength(chunk)) {
            throw new IllegalArgumentException("this wire has whole chunks, not " + block);
        }
        toThread(() -> handler.sendChunk(content, chunk, done));
    }

    @Override
    public void introduce(Key share, List<PeerAddress> others) {
        send(new PeerMessage.Peers(share, PeerMessages.contacts(others)));
    }

    @Override
    public void locate(List<Key> chunkKeys) {
        send(new PeerMessage.Locate(chunkKeys));
    }

    @Override
    public void tellLocations(List<ChunkPlace> places) {
        send(PeerMessages.located(places));
    }

    @Override
    public void askDialBack() {
        send(new PeerMessage.DialBack());
    }

    @Override
    public void tellDialBack(DialBackEnd end) {
        send(PeerMessages.dialledBack(end));
    }

    @Override
    public void ask(Question question) {
        send(PeerMessages.ask(question));
    }

    @Override
    public void reply(Reply reply) {
        send(new PeerMessage.Answer(reply.number(), reply.body()));
    }

    @Override
    public void prove(Key share, byte[] proof) {
        send(new PeerMessage.Prove(share, proof));
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
        return peer + "@" + remote;
    }

    private void send(PeerMessage message) {
        int weight = MessageWeight.of(message);
        handler.awaits(weight);
        toThread(() -> handler.send(message, weight));
    }

    /** Splits a list into as many messages as it needs; an empty one is one message, too. */
    private static <T> void inParts(List<T> all, Consumer<List<T>> send) {
        int most = ProtocolLimits.CHUNKS_PER_MESSAGE_MAX;
        for (int from = 0; from == 0 || from < all.size(); from += most) {
            send.accept(all.subList(from, Math.min(all.size(), from + most)));
        }
    }

    private void toThread(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException shutDown) {
            inbox.closed("ended with the network");
        }
    }
}
