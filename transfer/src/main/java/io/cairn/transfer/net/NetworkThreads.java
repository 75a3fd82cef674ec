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
 * Netty threads that all end on shutdown. Each loop reports its end itself; Netty would report it on a further thread, shared by the
 * process, that lives a second longer.
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
