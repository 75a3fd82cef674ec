package io.cairn.control.client;

import io.cairn.app.CairnException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to the node, with one exchange at a time. Confined to the I/O thread, except where a method says otherwise. */
final class HttpConnection extends SimpleChannelInboundHandler<HttpObject> {
    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

    private final Owner owner;
    private final Channel channel;
    private final boolean shared;
    private @Nullable Exchange exchange;
    private @Nullable Request request;
    private int served;
    private boolean answering;
    private boolean ending;

    /** @param shared whether other calls use the connection after the first */
    HttpConnection(Channel channel, boolean shared, Owner owner) {
        this.channel = channel;
        this.shared = shared;
        this.owner = owner;
    }

    /** What a connection tells its owner. */
    interface Owner {
        /** A shared connection can take another exchange. */
        void idle(HttpConnection connection);

        /**
         * A shared connection has closed.
         *
         * @param byNode whether the node closed it between exchanges, without notice
         */
        void closed(HttpConnection connection, boolean byNode);

        /** The node closed the connection before it answered a repeatable request, as it may do with one that was idle. */
        void again(Request request, Exchange exchange);

        /** The node closed the connection during an exchange, which the owner has to fail. */
        void broken(Exchange exchange);
    }

    void send(Request sent, Exchange by) {
        request = sent;
        exchange = by;
        answering = false;
        by.sent(this);
        channel.writeAndFlush(sent.http()).addListener(written -> {
            if (!written.isSuccess()) {
                LOG.debug("a request was not sent", written.cause());
                ChannelFuture unused = channel.close();
            }
        });
    }

    /** Closes the connection; its exchange hears no more. Any thread. */
    void abandon() {
        later(() -> {
            exchange = null;
            end();
        });
    }

    private void later(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException hasEnded) {
            LOG.debug("the connection has ended already", hasEnded);
        }
    }

    private void end() {
        ending = true;
        ChannelFuture unused = channel.close();
    }

    /** Whether to read on. Any thread. */
    void reads(boolean on) {
        later(() -> channel.config().setAutoRead(on));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        Exchange current = exchange;
        if (current == null) {
            end();
            return;
        }
        try {
            if (part.decoderResult().isFailure()) {
                throw Failures.unreadable(part.decoderResult().cause());
            }
            if (part instanceof HttpResponse response) {
                answering = true;
                ending = !shared || !HttpUtil.isKeepAlive(response);
                current.head(response);
            }
            if (part instanceof HttpContent content) {
                current.content(content.content());
            }
            if (part instanceof LastHttpContent) {
                finish(current);
            }
        } catch (CairnException failure) {
            exchange = null;
            current.fail(failure);
            end();
        }
    }

    private void finish(Exchange ended) throws CairnException {
        ended.end();
        exchange = null;
        request = null;
        served++;
        if (ending) {
            end();
        } else {
            owner.idle(this);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Exchange open = exchange;
        Request unanswered = request;
        exchange = null;
        if (shared) {
            owner.closed(this, open == null && !ending);
        }
        if (open == null || unanswered == null) {
            return;
        }
        if (served > 0 && !answering && unanswered.isRepeatable()) {
            owner.again(unanswered, open);
        } else {
            owner.broken(open);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("the connection to the node broke", cause);
        ChannelFuture unused = context.close();
    }
}
