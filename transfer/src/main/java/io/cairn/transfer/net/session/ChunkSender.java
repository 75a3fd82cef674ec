package io.cairn.transfer.net.session;

import io.cairn.dht.env.OutOfMemory;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.Content;
import io.cairn.transfer.protocol.PeerMessage;
import io.cairn.transfer.protocol.ProtocolLimits;
import io.cairn.transfer.swarm.peer.ReadFailure;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends chunks on one session, one after the other, read in pieces as the channel accepts them: at most one piece is read ahead, and the
 * channel queues only what the line soon takes. Pieces that come from memory are read on the network thread, which then has them in its
 * processor's cache; slow reads run on workers. Messages go between the frames. For the session's network thread.
 */
final class ChunkSender {
    /** Bytes that a worker reads at a time: few enough hand-overs, little enough memory per session. */
    private static final int PIECE_BYTES = 1024 * 1024;

    /** Bytes that the network thread reads at a time: they stay in its cache until encrypted. */
    private static final int QUICK_PIECE_BYTES = 256 * 1024;

    /** A piece that took longer was not in memory. */
    private static final long QUICK_NANOS = 1_500_000;

    /** After this many fast pieces in a row, the next is expected to be fast as well. */
    private static final int QUICK_PIECES = 8;

    private final Channel channel;
    private final Scheduler scheduler;
    private final Consumer<PeerMessage> say;
    private final IntConsumer countSent;
    private final RateLimiter.Pace pace;
    private final LineDepth depth;
    private final ChunkBuffers buffers;
    private final Deque<Sending> queue = new ArrayDeque<>();
    private final Deque<ByteBuf> frames =
            new ArrayDeque<>(); // of the first in the queue, not handed to the channel yet
    private int quickPieces;
    private boolean reading;
    private boolean writing;
    private boolean closed;

    ChunkSender(
            Channel channel,
            Scheduler scheduler,
            Consumer<PeerMessage> say,
            IntConsumer countSent,
            RateLimiter.Pace pace,
            LineDepth depth,
            ChunkBuffers buffers) {
        this.channel = channel;
        this.scheduler = scheduler;
        this.say = say;
        this.countSent = countSent;
        this.pace = pace;
        this.depth = depth;
        this.buffers = buffers;
    }

    void send(Content content, int chunk, Consumer<@Nullable Throwable> done) {
        Sending sending = new Sending(content, chunk, done);
        if (closed) {
            report(sending, new ClosedChannelException());
            return;
        }
        queue.addLast(sending);
        proceed();
    }

    /** Continues reading and sending while there is something to send and the channel accepts it. */
    void proceed() {
        write();
        Sending sending = queue.peekFirst();
        if (closed || reading || sending == null || !frames.isEmpty() || !depth.hasRoom()) {
            return;
        }
        reading = true;
        boolean quick = quickPieces >= QUICK_PIECES;
        int offset = sending.offset;
        int length = Math.min(pace.piece(quick ? QUICK_PIECE_BYTES : PIECE_BYTES), sending.length - offset);
        int frameLength = depth.frameBytes() - Frames.HEADER_BYTES & -Frames.ALIGNMENT_BYTES;
        Callable<@Nullable Void> work = () -> {
            long startNanos = System.nanoTime();
            List<ByteBuf> piece = read(sending, offset, length, frameLength);
            long nanos = System.nanoTime() - startNanos;
            handOver(piece, () -> arrived(sending, piece, length, nanos));
            return null;
        };
        if (quick) {
            readHere(sending, work);
        } else {
            scheduler.offload(work, (nothing, failure) -> {
                if (failure != null) {
                    handOver(List.of(), () -> failed(sending, failure));
                }
            });
        }
    }

    private void readHere(Sending sending, Callable<@Nullable Void> work) {
        try {
            work.call();
        } catch (Exception | OutOfMemoryError failure) {
            OutOfMemory.check(failure);
            handOver(List.of(), () -> failed(sending, failure));
        }
    }

    /** The channel is closed. */
    void closed() {
        closed = true;
        frames.forEach(ByteBuf::release);
        frames.clear();
        queue.forEach(sending -> report(sending, new ClosedChannelException()));
        queue.clear();
    }

    private List<ByteBuf> read(Sending sending, int offset, int length, int frameLengthMax) throws IOException {
        List<ByteBuf> piece = new ArrayList<>();
        boolean whole = false;
        try {
            for (int at = 0; at < length; at += frameLengthMax) {
                int frameLength = Math.min(frameLengthMax, length - at);
                ByteBuf frame = Frames.data(channel.alloc(), frameLength);
                piece.add(frame);
                read(sending, offset + at, frame.internalNioBuffer(frame.writerIndex(), frameLength));
                frame.writerIndex(frame.writerIndex() + frameLength);
            }
            whole = true;
            return piece;
        } finally {
            if (!whole) {
                piece.forEach(ByteBuf::release);
            }
        }
    }

    private void read(Sending sending, int offset, ByteBuffer target) throws IOException {
        if (!buffers.read(sending.share(), sending.chunk, offset, target)) {
            sending.content.read(sending.chunk, offset, target);
        }
    }

    private void handOver(List<ByteBuf> piece, Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException shutDown) {
            piece.forEach(ByteBuf::release);
        }
    }

    private void arrived(Sending sending, List<ByteBuf> piece, int length, long nanos) {
        quickPieces = nanos < QUICK_NANOS ? Math.min(quickPieces + 1, QUICK_PIECES) : 0;
        if (closed) {
            piece.forEach(ByteBuf::release);
            return;
        }
        announceIfNew(sending);
        sending.offset += length;
        frames.addAll(piece);
        write();
        long waitMillis = pace.sent(length);
        if (waitMillis > 0) {
            var unused = channel.eventLoop().schedule(this::goOn, waitMillis, TimeUnit.MILLISECONDS);
        } else {
            goOn();
        }
    }

    /** Hands frames to the channel while there is room. */
    private void write() {
        while (!writing && !frames.isEmpty() && depth.hasRoom()) {
            writing = true;
            while (!frames.isEmpty() && depth.hasRoom()) {
                write(frames.removeFirst());
            }
            channel.flush();
            writing = false;
        }
    }

    private void write(ByteBuf frame) {
        int bytes = frame.readableBytes();
        countSent.accept(bytes);
        depth.writing(bytes);
        Sending sending = queue.getFirst();
        boolean last = frames.isEmpty() && sending.offset == sending.length;
        if (last) {
            queue.removeFirst();
        }
        channel.write(frame).addListener(written -> {
            depth.written(bytes);
            if (last) {
                report(sending, written.isSuccess() ? null : sessionEnded(written.cause()));
            }
            if (!writing) {
                proceed();
            }
        });
    }

    /** Replaces any socket error: the file is not at fault. */
    private static ClosedChannelException sessionEnded(Throwable cause) {
        ClosedChannelException ended = new ClosedChannelException();
        ended.initCause(cause);
        return ended;
    }

    /** Not before the piece is counted: flushing reports writability, which requests the next piece. */
    private void goOn() {
        reading = false;
        proceed();
    }

    private void failed(Sending sending, Throwable failure) {
        reading = false;
        if (!closed) {
            queue.removeFirst();
            say.accept(new PeerMessage.Reject(
                    sending.share(), List.of(sending.chunk), PeerMessages.reason(ReadFailure.reason(failure))));
            report(sending, failure);
            proceed();
        }
    }

    /** Announces a chunk, and those of the same share that follow it in the queue, under one signature. */
    private void announceIfNew(Sending first) {
        if (first.announced) {
            return;
        }
        List<Integer> chunks = new ArrayList<>();
        for (Sending next : queue) {
            if (!next.share().equals(first.share()) || chunks.size() == ProtocolLimits.CHUNKS_PER_MESSAGE_MAX) {
                break;
            }
            next.announced = true;
            chunks.add(next.chunk);
        }
        say.accept(new PeerMessage.Chunks(first.share(), chunks));
    }

    private void report(Sending sending, @Nullable Throwable failure) {
        scheduler.execute(() -> sending.done.accept(failure));
    }

    private static final class Sending {
        final Content content;
        final int chunk;
        final int length;
        final Consumer<@Nullable Throwable> done;
        int offset;
        boolean announced;

        Sending(Content content, int chunk, Consumer<@Nullable Throwable> done) {
            this.content = content;
            this.chunk = chunk;
            this.length = content.manifest().chunkLength(chunk);
            this.done = done;
        }

        Key share() {
            return content.manifest().hash();
        }
    }
}
