package io.cairn.transfer.swarm.port;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.manifest.Manifest;
import java.util.List;
import org.apache.commons.codec.binary.Hex;
import org.jspecify.annotations.Nullable;

/** What a peer says on a session, as values that tests compare; of blocks only the chunk. */
public sealed interface Said {
    record ManifestRequested(Key share, int offset) implements Said {}

    record ManifestDelivered(Key share, int offset, long total, int length) implements Said {}

    record Offered(Key share, ChunkSet chunks) implements Said {}

    record OfferedMore(Key share, List<Integer> chunks) implements Said {}

    record Requested(Key share, List<Integer> chunks) implements Said {}

    record Cancelled(Key share, List<Integer> chunks) implements Said {}

    record Refused(Key share, List<Integer> chunks, RefusalReason reason) implements Said {}

    record Introduced(Key share, List<PeerAddress> others) implements Said {}

    record LocationsAsked(List<Key> chunkKeys) implements Said {}

    record Located(List<ChunkPlace> places) implements Said {}

    record DialBackAsked() implements Said {}

    record DialledBack(DialBackEnd end) implements Said {}

    record Asked(int number, @Nullable Topic topic, String body) implements Said {}

    record Answered(int number, @Nullable String body) implements Said {}

    record Proven(Key share, String proof) implements Said {}

    /** Whole chunks of a share, as a request names them. */
    static List<Block> blocks(Manifest manifest, List<Integer> chunks) {
        return chunks.stream()
                .map(chunk -> new Block(chunk, 0, manifest.chunkLength(chunk)))
                .toList();
    }

    /** Makes values of what is said; gives delivered blocks back and passes the end over, unless a test has other plans. */
    abstract class Ear implements PeerConnection.Receiver {
        protected abstract void said(Said what);

        @Override
        public void manifestRequested(Key share, int offset) {
            said(new ManifestRequested(share, offset));
        }

        @Override
        public void manifestDelivered(ManifestPiece piece) {
            said(new ManifestDelivered(piece.share(), piece.offset(), piece.total(), piece.bytes().length));
        }

        @Override
        public void offered(Key share, ChunkSet chunks) {
            said(new Offered(share, chunks));
        }

        @Override
        public void offeredMore(Key share, List<Integer> chunks) {
            said(new OfferedMore(share, chunks));
        }

        @Override
        public void requested(Key share, List<Block> blocks) {
            said(new Requested(share, chunks(blocks)));
        }

        @Override
        public void cancelled(Key share, List<Block> blocks) {
            said(new Cancelled(share, chunks(blocks)));
        }

        @Override
        public void refused(Key share, List<Block> blocks, RefusalReason reason) {
            said(new Refused(share, chunks(blocks), reason));
        }

        @Override
        public void introduced(Key share, List<PeerAddress> others) {
            said(new Introduced(share, others));
        }

        @Override
        public void locationsAsked(List<Key> chunkKeys) {
            said(new LocationsAsked(chunkKeys));
        }

        @Override
        public void located(List<ChunkPlace> places) {
            said(new Located(places));
        }

        @Override
        public void dialBackAsked() {
            said(new DialBackAsked());
        }

        @Override
        public void dialledBack(DialBackEnd end) {
            said(new DialledBack(end));
        }

        @Override
        public void asked(Question question) {
            said(new Asked(question.number(), question.topic(), Hex.encodeHexString(question.body())));
        }

        @Override
        public void answered(Reply reply) {
            byte[] body = reply.body();
            said(new Answered(reply.number(), body == null ? null : Hex.encodeHexString(body)));
        }

        @Override
        public void proven(Key share, byte[] proof) {
            said(new Proven(share, Hex.encodeHexString(proof)));
        }

        @Override
        public void delivered(ReceivedBlock block) {
            block.release();
        }

        @Override
        public void closed(String reason) {}

        private static List<Integer> chunks(List<Block> blocks) {
            return blocks.stream().map(Block::chunk).toList();
        }
    }
}
