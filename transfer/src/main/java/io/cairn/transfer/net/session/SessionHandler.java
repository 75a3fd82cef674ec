package io.cairn.transfer.net.session;

import io.cairn.dht.env.OutOfMemory;
import io.cairn.dht.id.Key;
import io.cairn.dht.trace.TraceContext;
import io.cairn.transfer.content.Content;
import io.cairn.transfer.net.admission.SessionAdmission;
import io.cairn.transfer.protocol.PeerMessage;
import io.cairn.transfer.protocol.PeerSession;
import io.cairn.transfer.protocol.ProtocolLimits;
import io.cairn.transfer.protocol.Violation;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The network thread's side of one session: frames to messages and chunks, and back. Reading stops while the node's loop is behind with
 * messages or no buffer for a chunk is free; data already read is held until then, at most what the socket delivered in one turn.
 */
public final class SessionHandler extends ChannelInboundHandlerAdapter implements FrameReader.Source, FrameReader.Sink {
    private static final String DOES_NOT_READ = "does not read what it asks for";

    private final SessionContext context;
    private final PeerSession session;
    private final MessageInbox inbox;
    private final Runnable resumption;
    private final SessionAdmission.Session place;
    private final SendQueues.Queue queue;
    private final FrameReader reader = new FrameReader(ProtocolLimits.MESSAGE_FRAME_BYTES_MAX);
    private final Deque<ByteBuf> held = new ArrayDeque<>();
    private final ChunkArrival arrival;
    private final ChunkSender sender;
    private final ChannelHandlerContext channel;
    private final RateLimiter.Pace pace;
    private final @Nullable CongestionControl congestion;
    private @Nullable DirectDecryption decryption;
    private int pauses;
    private String closeReason = "closed the connection";
    private boolean closed;

    /**
     * @param place the admission to leave at the end
     * @param channel of the handler that this one replaces: same channel, same thread
     */
    public SessionHandler(
            SessionContext context,
            PeerSession session,
            MessageInbox inbox,
            SessionAdmission.Session place,
            ChannelHandlerContext channel) {
        this.context = context;
        this.session = session;
        this.inbox = inbox;
        this.place = place;
        this.channel = channel;
        this.queue = context.sendQueues().open(() -> closeLater(channel.channel(), DOES_NOT_READ));
        this.arrival = new ChunkArrival(context.buffers(), session, channel.executor(), this::resume);
        this.pace = context.rates().pace(((InetSocketAddress) channel.channel().remoteAddress()).getAddress());
        this.congestion = pace.isLan() ? CongestionControl.onLan(channel.channel()) : null;
        if (pace.isLan()) {
            RetransmissionTimeout.shorten(channel.channel());
        }
        this.sender = new ChunkSender(
                channel.channel(),
                context.scheduler(),
                this::write,
                this::sent,
                pace,
                new LineDepth(channel.channel(), context.clock()),
                context.buffers());
        resumption = () -> NetworkThread.run(channel.executor(), this::resume);
    }

    /** A message from the node's loop is on its way here; on any thread. */
    public void awaits(int weight) {
        inbox.answering();
        context.sendQueues().added(queue, weight);
    }

    /** @param weight as announced */
    public void send(PeerMessage message, int weight) {
        context.sendQueues().removed(queue, weight);
        inbox.answered();
        if (!closed) {
            write(message);
            if (channel.channel().bytesBeforeWritable() > context.limits().sendQueueBytesMax()) {
                close(DOES_NOT_READ);
            }
        }
    }

    public void want(Key share, List<Integer> chunks, List<Integer> lengths) {
        if (!closed) {
            writeEnvelope(session.want(share, chunks, lengths, context.wallMillis()));
        }
    }

    public void trace(Key share, @Nullable TraceContext trace) {
        session.trace(share, trace);
    }

    public void sendChunk(Content content, int chunk, Consumer<@Nullable Throwable> done) {
        sender.send(content, chunk, done);
    }

    public void close(String reason) {
        if (!closed) {
            closed = true;
            closeReason = reason;
            ChannelFuture unused = channel.channel().close();
        }
    }

    /** Closes the session of a channel, if it still is one; on any thread. */
    public static void closeLater(Channel channel, String reason) {
        NetworkThread.run(channel.eventLoop(), () -> {
            SessionHandler handler = channel.pipeline().get(SessionHandler.class);
            if (handler != null) {
                handler.close(reason);
            }
        });
    }

    @Override
    public void handlerAdded(ChannelHandlerContext handlerContext) {
        decryption = DirectDecryption.takeOver(handlerContext, this::resume, this::close);
    }

    /** Data from before {@link DirectDecryption} took over, or all of it where it cannot. */
    @Override
    public void channelRead(ChannelHandlerContext handlerContext, Object bytes) {
        held.addLast((ByteBuf) bytes);
        resume();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext handlerContext) {
        sender.proceed();
    }

    @Override
    public void channelInactive(ChannelHandlerContext handlerContext) {
        closed = true;
        held.forEach(ByteBuf::release);
        held.clear();
        if (decryption != null) {
            decryption.close();
        }
        arrival.abandon();
        sender.closed();
        context.admission().left(place);
        context.sendQueues().end(queue);
        inbox.closed(closeReason);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext handlerContext, Throwable cause) {
        OutOfMemory.check(cause);
        close("broke off: " + cause.getMessage());
    }

    @Override
    public boolean wantsMore() {
        return !closed && pauses == 0 && !arrival.isWaiting() && !inbox.isFull(resumption);
    }

    private void endPause() {
        pauses--;
        resume();
    }

    @Override
    public void message(byte[] envelope) {
        PeerMessage message = session.received(envelope, context.wallMillis());
        if (message == null) {
            Violation violation = session.lastViolation();
            if (violation != null) {
                context.count(violation);
            }
            closeIfBroken();
        } else if (message instanceof PeerMessage.Chunks) {
            arrival.update();
        } else {
            if (message instanceof PeerMessage.Reject) {
                arrival.update();
            }
            inbox.message(message, session.receivedTrace());
        }
    }

    @Override
    public @Nullable ByteBuffer memory(int rest) {
        if (!session.expectsData(rest)) {
            context.count(Violation.UNASKED_DATA);
            closeIfBroken();
            return null;
        }
        return arrival.window(rest);
    }

    @Override
    public void data(int length) {
        place.moved(context.clock().monotonicMillis());
        session.dataReceived(length);
        arrival.came(length, inbox::chunk);
    }

    @Override
    public void unreadable() {
        session.breakWith(Violation.OVERSIZED_FRAME);
        context.count(Violation.OVERSIZED_FRAME);
        closeIfBroken();
    }

    private void resume() {
        if (closed) {
            return;
        }
        try {
            arrival.update();
            reader.read(this, this);
        } catch (OutOfMemoryError refused) {
            exceptionCaught(channel, refused); // not every caller is the pipeline, which would do this
        }
        boolean keepReading = wantsMore() && isDry();
        if (channel.channel().config().isAutoRead() != keepReading) {
            channel.channel().config().setAutoRead(keepReading);
        }
    }

    @Override
    public int moveTo(ByteBuffer target) {
        int moved = 0;
        while (target.hasRemaining() && !held.isEmpty()) {
            ByteBuf buffer = held.getFirst();
            moved += FrameReader.Source.move(buffer, target);
            if (!buffer.isReadable()) {
                held.removeFirst().release();
            }
        }
        if (decryption != null) {
            moved += decryption.moveTo(target);
        }
        if (moved > 0) {
            count(moved);
        }
        return moved;
    }

    private boolean isDry() {
        return held.isEmpty() && (decryption == null || decryption.isDry());
    }

    private void count(int received) {
        inbox.countReceived(received);
        long waitMillis = pace.received(received);
        if (waitMillis > 0) {
            pauses++;
            var unused = channel.executor().schedule(this::endPause, waitMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void closeIfBroken() {
        Violation violation = session.lastViolation();
        if (session.isBroken() && violation != null) {
            close(violation.what());
        }
    }

    private void write(PeerMessage message) {
        writeEnvelope(session.seal(message, context.wallMillis()));
    }

    private void writeEnvelope(byte[] envelope) {
        ByteBuf frame = Frames.message(channel.alloc(), envelope);
        int length = frame.readableBytes();
        context.sendQueues().added(queue, length);
        ChannelFuture unused = channel.channel().writeAndFlush(frame).addListener(gone -> {
            context.sendQueues().removed(queue, length);
            if (gone.isSuccess()) {
                inbox.countSent(length); // not before: a peer shows that it is alive by what it accepts
            }
        });
    }

    /** Bytes of a chunk are sent. */
    private void sent(int bytes) {
        inbox.countSent(bytes);
        if (congestion != null) {
            congestion.sent(bytes);
        }
        place.moved(context.clock().monotonicMillis());
    }
}
