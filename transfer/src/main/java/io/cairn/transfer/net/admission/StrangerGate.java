package io.cairn.transfer.net.admission;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * First in the pipeline until the greeting is complete: limits what a stranger may send and how long it may take, and reports its progress.
 * For the channel's network thread.
 */
public final class StrangerGate extends ChannelDuplexHandler {
    private final Watch watch;
    private final int patienceMillis;
    private @Nullable ScheduledFuture<?> deadline;
    private int bytes;
    private boolean answered;

    /** @param patienceMillis time within which the greeting must be complete and the gate removed */
    public StrangerGate(Watch watch, int patienceMillis) {
        this.watch = watch;
        this.patienceMillis = patienceMillis;
    }

    /** Hears of the other end, on the network thread. */
    public interface Watch {
        /** It has made progress; may be reported more than once. */
        void advanced(Strangers.Progress progress);

        void tooMuch();

        void tooLate();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        deadline = context.executor().schedule(watch::tooLate, patienceMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf read = (ByteBuf) message;
        if (bytes == 0) {
            watch.advanced(Strangers.Progress.BEGUN);
        }
        bytes += read.readableBytes();
        if (bytes > TransferLimits.STRANGER_BYTES_MAX) {
            read.release();
            watch.tooMuch();
        } else {
            context.fireChannelRead(read);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (!answered) {
            answered = true;
            watch.advanced(Strangers.Progress.ANSWERED);
        }
        ChannelFuture unused = context.write(message, promise);
    }
}
