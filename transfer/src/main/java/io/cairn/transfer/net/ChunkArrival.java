package io.cairn.transfer.net;

import io.cairn.transfer.protocol.PeerMessage;
import io.cairn.transfer.protocol.PeerSession;
import io.cairn.transfer.swarm.ReceivedChunk;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects the bytes of the chunk that is arriving on one session in a lent array. For the session's network thread. */
final class ChunkArrival {
    private final ChunkBuffers buffers;
    private final PeerSession session;
    private final Executor thread;
    private final Runnable resume;
    private PeerMessage.@Nullable Chunk chunk;
    private byte @Nullable [] array;
    private int filled;

    ChunkArrival(ChunkBuffers buffers, PeerSession session, Executor thread, Runnable resume) {
        this.buffers = buffers;
        this.session = session;
        this.thread = thread;
        this.resume = resume;
    }

    void begin(PeerMessage.Chunk announced) {
        chunk = announced;
        filled = 0;
        borrow();
    }

    /** Whether a chunk has been announced for which no array is free yet. */
    boolean isWaiting() {
        return chunk != null && array == null;
    }

    void take(ByteBuf bytes, int length, Consumer<ReceivedChunk> whole) {
        PeerMessage.Chunk arriving = chunk;
        byte[] target = array;
        if (arriving == null || target == null) {
            throw new IllegalStateException("data without a chunk");
        }
        bytes.readBytes(target, filled, length);
        filled += length;
        if (session.endChunkIfWhole()) {
            chunk = null;
            array = null;
            whole.accept(new ReceivedChunk(
                    arriving.share(), arriving.chunk(), target, arriving.length(), () -> buffers.giveBack(target)));
        }
    }

    /** The sender may have given up the chunk in the middle. */
    void abandonIfRejected() {
        if (session.arriving() == null) {
            abandon();
        }
    }

    void abandon() {
        chunk = null;
        if (array != null) {
            buffers.giveBack(array);
            array = null;
        }
    }

    private void borrow() {
        PeerMessage.Chunk arriving = chunk;
        if (arriving != null && array == null) {
            array = buffers.lend(arriving.length(), () -> thread.execute(this::borrowAgain));
        }
    }

    private void borrowAgain() {
        borrow();
        resume.run();
    }
}
