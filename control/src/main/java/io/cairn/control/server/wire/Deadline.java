package io.cairn.control.server.wire;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Closes a connection that takes too long over what it is expected to do. One timer, which is moved only when it fires. On the loop. */
final class Deadline {
    private final ChannelHandlerContext context;
    private long dueNanos;
    private boolean isSet;
    private @Nullable Future<?> timer;

    Deadline(ChannelHandlerContext context) {
        this.context = context;
    }

    void in(long millis) {
        isSet = true;
        dueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        if (timer == null) {
            wake(millis);
        }
    }

    /** It may take as long as it takes. */
    void none() {
        isSet = false;
    }

    void cancel() {
        isSet = false;
        Future<?> pending = timer;
        if (pending != null) {
            pending.cancel(false);
        }
    }

    private void wake(long millis) {
        timer = context.executor().schedule(this::check, millis, TimeUnit.MILLISECONDS);
    }

    private void check() {
        timer = null;
        if (isSet) {
            long leftMillis = TimeUnit.NANOSECONDS.toMillis(dueNanos - System.nanoTime());
            if (leftMillis > 0) {
                wake(leftMillis);
            } else {
                ChannelFuture unused = context.close();
            }
        }
    }
}
