package io.cairn.control.server.wire;

import io.cairn.app.Subscription;
import io.cairn.control.server.answer.ControlAnswer;
import io.cairn.control.server.answer.FailureAnswer;
import io.cairn.control.server.wire.HttpAnswers.Framing;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answer to one request, from its making to its last byte. If the client goes in between, the work for it ends. */
final class Exchanged {
    private static final Logger LOG = LoggerFactory.getLogger(Exchanged.class);

    private final Channel channel;
    private final Framing framing;
    private final Runnable written;
    private final Runnable taken;
    private @Nullable Subscription work;
    private volatile @Nullable EventStream lines;
    private boolean ended;

    /**
     * @param written all of the answer was given to the connection; on the loop
     * @param taken the connection has sent it; on the loop
     */
    Exchanged(Channel channel, Framing framing, Runnable written, Runnable taken) {
        this.channel = channel;
        this.framing = framing;
        this.written = written;
        this.taken = taken;
    }

    /** Makes the answer on a worker, and sends it. */
    void run(Executor workers, Supplier<ControlAnswer> answer) {
        try {
            workers.execute(() -> deliver(answer.get()));
        } catch (RejectedExecutionException busy) {
            send(FailureAnswer.busy());
        }
    }

    /** Sends an answer that is there. On the loop. */
    void send(ControlAnswer.Whole answer) {
        send(answer, () -> {});
    }

    /** The connection takes more. On the loop. */
    void writable() {
        EventStream stream = lines;
        if (stream != null) {
            stream.writable();
        }
    }

    /** The client is gone, or has everything. */
    void end() {
        Subscription open;
        synchronized (this) {
            ended = true;
            open = work;
            work = null;
        }
        EventStream stream = lines;
        if (stream != null) {
            stream.end();
        }
        if (open != null) {
            open.close();
        }
    }

    /** On a worker. */
    private void deliver(ControlAnswer answer) {
        if (answer instanceof ControlAnswer.Whole whole) {
            later(() -> send(whole));
        } else if (answer instanceof ControlAnswer.Then then) {
            later(() -> send(then.answer(), then.after()));
        } else if (answer instanceof ControlAnswer.Later later) {
            endsWith(() -> later.work().cancel(true));
            CompletableFuture<ControlAnswer.Whole> unused = later.answer()
                    .whenComplete(
                            (whole, failure) -> later(() -> send(failure == null ? whole : FailureAnswer.of(failure))));
        } else if (answer instanceof ControlAnswer.Lines made) {
            stream(made);
        }
    }

    private void stream(ControlAnswer.Lines made) {
        if (framing.headOnly()) {
            later(() -> {
                ChannelFuture unused = channel.write(HttpAnswers.lines(framing));
                sent(channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT));
            });
            return;
        }
        EventStream stream = new EventStream(channel, made.waitingBytesMax(), this::sent);
        later(() -> {
            ChannelFuture unused = channel.writeAndFlush(HttpAnswers.lines(framing));
            lines = stream;
        });
        try {
            endsWith(made.feed().begin(stream));
        } catch (RuntimeException failure) {
            stream.last(FailureAnswer.line(failure));
        }
    }

    private void send(ControlAnswer.Whole answer, Runnable after) {
        ChannelFuture sending = channel.writeAndFlush(HttpAnswers.whole(answer, framing));
        sending.addListener(done -> after.run());
        sent(sending);
    }

    private void sent(ChannelFuture last) {
        written.run();
        last.addListener(done -> {
            end();
            if (done.isSuccess()) {
                taken.run();
            } else {
                ChannelFuture unused = channel.close();
            }
        });
    }

    private void endsWith(Subscription begun) {
        synchronized (this) {
            if (!ended) {
                work = begun;
                return;
            }
        }
        begun.close();
    }

    private void later(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException closed) {
            LOG.debug("an answer came after the control interface was closed");
        }
    }
}
