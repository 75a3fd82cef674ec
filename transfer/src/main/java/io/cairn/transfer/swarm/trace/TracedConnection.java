package io.cairn.transfer.swarm.trace;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.trace.TraceContext;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.Content;
import io.cairn.transfer.swarm.port.Block;
import io.cairn.transfer.swarm.port.ChunkPlace;
import io.cairn.transfer.swarm.port.DialBackEnd;
import io.cairn.transfer.swarm.port.ManifestPiece;
import io.cairn.transfer.swarm.port.PeerAddress;
import io.cairn.transfer.swarm.port.PeerConnection;
import io.cairn.transfer.swarm.port.PeerId;
import io.cairn.transfer.swarm.port.Question;
import io.cairn.transfer.swarm.port.ReceivedBlock;
import io.cairn.transfer.swarm.port.RefusalReason;
import io.cairn.transfer.swarm.port.Reply;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A session that shows its requests and answers to the spans of both sides, and passes everything on. Confined to the loop. */
final class TracedConnection implements PeerConnection {
    private final PeerConnection connection;
    private final TracedConnections.Tracing tracing;
    private final RequestSpans requests;
    private final AnswerSpans answers;

    TracedConnection(PeerConnection connection, TracedConnections.Tracing tracing) {
        this.connection = connection;
        this.tracing = tracing;
        this.requests = new RequestSpans(connection, tracing.fetches());
        this.answers = new AnswerSpans(connection, tracing);
    }

    void fetchEnded(Key share) {
        requests.fetchEnded(share);
    }

    private void ended(String reason) {
        requests.closed(reason);
        answers.closed(reason);
        tracing.ended().accept(this);
    }

    @Override
    public PeerId peer() {
        return connection.peer();
    }

    @Override
    public Endpoint remote() {
        return connection.remote();
    }

    @Override
    public @Nullable Endpoint listening() {
        return connection.listening();
    }

    @Override
    public boolean isDialled() {
        return connection.isDialled();
    }

    @Override
    public void receive(Receiver receiver) {
        connection.receive(new TracedReceiver(receiver));
    }

    @Override
    public void trace(Key share, @Nullable TraceContext trace) {
        connection.trace(share, trace);
    }

    @Override
    public void askDialBack() {
        connection.askDialBack();
    }

    @Override
    public void tellDialBack(DialBackEnd end) {
        connection.tellDialBack(end);
    }

    @Override
    public void requestManifest(Key share, int offset) {
        requests.manifestRequested(share);
        connection.requestManifest(share, offset);
    }

    @Override
    public void deliverManifest(ManifestPiece piece) {
        connection.deliverManifest(piece);
        answers.manifestDelivered(piece);
    }

    @Override
    public void offer(Key share, ChunkSet chunks) {
        connection.offer(share, chunks);
    }

    @Override
    public void offerMore(Key share, List<Integer> chunks) {
        connection.offerMore(share, chunks);
    }

    @Override
    public void request(Key share, List<Block> blocks) {
        requests.blocksRequested(share, blocks.size());
        connection.request(share, blocks);
    }

    @Override
    public void cancel(Key share, List<Block> blocks) {
        connection.cancel(share, blocks);
    }

    @Override
    public void refuse(Key share, List<Block> blocks, RefusalReason reason) {
        connection.refuse(share, blocks, reason);
        answers.refused(share, blocks.size(), reason);
    }

    @Override
    public void deliver(Content content, Block block, Consumer<@Nullable Throwable> done) {
        Key share = content.manifest().hash();
        int bytes = block.lengthIn(content.manifest().chunkLength(block.chunk()));
        connection.deliver(content, block, failure -> {
            answers.delivered(share, bytes, failure);
            done.accept(failure);
        });
    }

    @Override
    public void introduce(Key share, List<PeerAddress> others) {
        connection.introduce(share, others);
    }

    @Override
    public void locate(List<Key> chunkKeys) {
        connection.locate(chunkKeys);
    }

    @Override
    public void tellLocations(List<ChunkPlace> places) {
        connection.tellLocations(places);
    }

    @Override
    public void ask(Question question) {
        connection.ask(question);
    }

    @Override
    public void reply(Reply reply) {
        connection.reply(reply);
    }

    @Override
    public void prove(Key share, byte[] proof) {
        connection.prove(share, proof);
    }

    @Override
    public long receivedBytes() {
        return connection.receivedBytes();
    }

    @Override
    public long sentBytes() {
        return connection.sentBytes();
    }

    @Override
    public void close() {
        connection.close();
        ended("was let go");
    }

    @Override
    public String toString() {
        return connection.toString();
    }

    private final class TracedReceiver implements Receiver {
        private final Receiver receiver;

        TracedReceiver(Receiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public void traced(TraceContext trace) {
            answers.traced(trace);
            receiver.traced(trace);
        }

        @Override
        public void manifestRequested(Key share, int offset) {
            answers.manifestRequested(share);
            receiver.manifestRequested(share, offset);
        }

        @Override
        public void manifestDelivered(ManifestPiece piece) {
            requests.manifestDelivered(piece);
            receiver.manifestDelivered(piece);
        }

        @Override
        public void offered(Key share, ChunkSet chunks) {
            receiver.offered(share, chunks);
        }

        @Override
        public void offeredMore(Key share, List<Integer> chunks) {
            receiver.offeredMore(share, chunks);
        }

        @Override
        public void requested(Key share, List<Block> blocks) {
            answers.blocksRequested(share, blocks.size());
            receiver.requested(share, blocks);
        }

        @Override
        public void cancelled(Key share, List<Block> blocks) {
            receiver.cancelled(share, blocks);
        }

        @Override
        public void refused(Key share, List<Block> blocks, RefusalReason reason) {
            requests.refused(share, blocks.size(), reason);
            receiver.refused(share, blocks, reason);
        }

        @Override
        public void delivered(ReceivedBlock block) {
            requests.delivered(block);
            receiver.delivered(block);
        }

        @Override
        public void introduced(Key share, List<PeerAddress> others) {
            receiver.introduced(share, others);
        }

        @Override
        public void locationsAsked(List<Key> chunkKeys) {
            receiver.locationsAsked(chunkKeys);
        }

        @Override
        public void located(List<ChunkPlace> places) {
            receiver.located(places);
        }

        @Override
        public void dialBackAsked() {
            receiver.dialBackAsked();
        }

        @Override
        public void dialledBack(DialBackEnd end) {
            receiver.dialledBack(end);
        }

        @Override
        public void asked(Question question) {
            receiver.asked(question);
        }

        @Override
        public void answered(Reply reply) {
            receiver.answered(reply);
        }

        @Override
        public void proven(Key share, byte[] proof) {
            receiver.proven(share, proof);
        }

        @Override
        public void closed(String reason) {
            ended(reason);
            receiver.closed(reason);
        }
    }
}
