package io.cairn.transfer.net.session;

import io.cairn.transfer.protocol.PeerSession;
import io.cairn.transfer.swarm.port.ReceivedBlock;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects the bytes of the chunk arriving on one session, in borrowed memory. For the session's network thread. */
final class ChunkArrival {
    private static final Logger LOG = LoggerFactory.getLogger(ChunkArrival.class);

    private final ChunkBuffers buffers;
    private final PeerSession session;
    private final Executor thread;
    private final Runnable resume;
    private PeerSession.@Nullable Arriving chunk;
    private @Nullable ByteBuf memory;
    private boolean waiting;

    /** @param resume called on the thread when memory may be free again; calls {@link #update} */
    ChunkArrival(ChunkBuffers buffers, PeerSession session, Executor thread, Runnable resume) {
        this.buffers = buffers;
        this.session = session;
        this.thread = thread;
        this.resume = resume;
    }

    /** Follows the session's arriving chunk: gets memory for a new one and releases that of an abandoned one. */
    void update() {
        PeerSession.Arriving arriving = session.arriving();
        if (!Objects.equals(arriving, chunk)) {
            chunk = arriving;
            giveBack();
        }
        if (arriving != null && memory == null && !waiting) {
            memory = buffers.lend(arriving.length(), this::mayBeFree);
            waiting = memory == null;
        }
    }

    /** Whether a chunk is announced but no memory is free for it yet. */
    boolean isWaiting() {
        return chunk != null && memory == null;
    }

    /** The place for the next bytes of the arriving chunk, at most this many; null if none is announced. */
    @Nullable
    ByteBuffer window(int most) {
        PeerSession.Arriving arriving = chunk;
        ByteBuf target = memory;
        if (arriving == null || target == null) {
            return null;
        }
        int missing = arriving.length() - target.writerIndex();
        return target.nioBuffer(target.writerIndex(), Math.min(most, missing));
    }

    /** Bytes have arrived in the window. */
    void came(int length, Consumer<ReceivedBlock> whole) {
        PeerSession.Arriving arriving = chunk;
        ByteBuf target = memory;
        if (arriving == null || target == null) {
            throw new IllegalStateException("data without a chunk");
        }
        target.writerIndex(target.writerIndex() + length);
        if (session.endChunkIfWhole()) {
            memory = null;
            whole.accept(new ReceivedBlock(
                    arriving.share(), arriving.chunk(), 0, target.nioBuffer(), new LentMemory(buffers, target)));
            update();
        }
    }

    /** The session has ended. */
    void abandon() {
        chunk = null;
        giveBack();
    }

    /** On the thread that gave memory back. */
    private void mayBeFree() {
        try {
            thread.execute(() -> {
                waiting = false;
                resume.run();
            });
        } catch (RejectedExecutionException shutDown) {
            LOG.debug("memory became free for a session whose thread has ended");
        }
    }

    private void giveBack() {
        ByteBuf lent = memory;
        if (lent != null) {
            memory = null;
            buffers.giveBack(lent);
        }
    }
}
