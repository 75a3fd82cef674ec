package io.cairn.transfer.net;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Threads of Netty that leave none behind. Each loop tells its end itself; Netty's own would have it told on a further thread, common to
 * the process, which lives a second longer than they do.
 */
final class NetworkThreads extends MultiThreadIoEventLoopGroup {
    NetworkThreads(int count, ThreadFactory factory, IoHandlerFactory io) {
        super(count, factory, io);
    }

    @Override
    protected IoEventLoop newChild(Executor executor, IoHandlerFactory io, Object... nothing) {
        return new Loop(this, executor, io);
    }

    private static final class Loop extends SingleThreadIoEventLoop {
        private final Promise<@Nullable Void> end = new DefaultPromise<>(ImmediateEventExecutor.INSTANCE);

        Loop(IoEventLoopGroup group, Executor executor, IoHandlerFactory io) {
            super(group, executor, io);
        }

        @Override
        protected void run() {
            try {
                super.run();
            } finally {
                end.setSuccess(null);
            }
        }

        @Override
        public Future<?> terminationFuture() {
            return end;
        }
    }
}
