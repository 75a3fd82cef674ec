package io.cairn.control.server.wire;

import io.cairn.control.http.ControlApi;
import io.cairn.control.server.answer.ControlAnswer;
import io.cairn.control.server.answer.FailureAnswer;
import io.cairn.control.server.answer.RequestHead;
import io.cairn.control.server.route.Router.Match;
import io.cairn.control.server.wire.HttpAnswers.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: takes one request after the other, each with its answer. What a client sends ahead waits, mostly in the socket. All on
 * the loop of the connection.
 */
final class ServedConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ServedConnection.class);

    /** For the first request, until its head is complete. */
    private static final long FIRST_MILLIS = 10_000;

    /** Between two requests. */
    private static final long IDLE_MILLIS = 120_000;

    /** For the body of a request. */
    private static final long BODY_MILLIS = 30_000;

    /** Until the client has taken a whole answer, or the last line of one. */
    private static final long TAKEN_MILLIS = 120_000;

    /** For a client that still sends what was refused. */
    private static final long REFUSED_MILLIS = 2_000;

    private final ServedRequests requests;
    private final Service service;
    /** At most what one read of the socket brought: while something is here and cannot be taken yet, nothing is read. */
    private final Queue<Object> arrived = new ArrayDeque<>();

    private Stage stage = Stage.HEAD;
    private boolean reading;
    private boolean proceeding;
    private @Nullable Deadline deadline;
    private @Nullable Incoming incoming;
    private @Nullable Exchanged current;

    /** @param service knows the open connections */
    ServedConnection(ServedRequests requests, Service service) {
        this.requests = requests;
        this.service = service;
    }

    /** Counts connections. */
    interface Service {
        void opened(ChannelHandlerContext context);

        void closed(ChannelHandlerContext context);
    }

    private enum Stage {
        /** A request is awaited. */
        HEAD,
        BODY,
        ANSWER,
        /** Whatever else comes is thrown away; the connection closes. */
        REFUSED
    }

    /** A request whose body is on its way; its answer is known already if it is refused. */
    private record Incoming(RequestHead head, Match match, Framing framing, int bytesMax, ByteArrayOutputStream body) {}

    @Override
    public void channelActive(ChannelHandlerContext context) {
        service.opened(context);
        deadline(context).in(FIRST_MILLIS);
        proceed(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        service.closed(context);
        deadline(context).cancel();
        stage = Stage.REFUSED;
        arrived.forEach(ReferenceCountUtil::release);
        arrived.clear();
        Exchanged open = current;
        if (open != null) {
            open.end();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        arrived.add(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        reading = false;
        proceed(context);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        Exchanged open = current;
        if (open != null) {
            open.writable();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        if (failure instanceof IOException) {
            LOG.debug("a control connection broke", failure);
        } else {
            LOG.warn("a control connection failed", failure);
        }
        close(context);
    }

    /** Takes what has arrived, up to a request that is being answered, and then reads on: to get more, or to notice that the client goes. */
    private void proceed(ChannelHandlerContext context) {
        if (proceeding) {
            return;
        }
        proceeding = true;
        while (stage != Stage.ANSWER && !arrived.isEmpty()) {
            take(context, arrived.remove());
        }
        proceeding = false;
        if (arrived.isEmpty() && !reading && context.channel().isActive()) {
            reading = true;
            context.read();
        }
    }

    private void take(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof HttpRequest request && stage == Stage.HEAD) {
                head(context, request);
            } else if (message instanceof HttpContent content) {
                content(context, content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void head(ChannelHandlerContext context, HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            refuse(context, malformed(request.decoderResult().cause()), Framing.LAST);
            close(context);
            return;
        }
        Framing framing = Framing.of(request);
        RequestHead head;
        try {
            head = Heads.of(request);
        } catch (IllegalArgumentException malformed) {
            refuse(context, badRequest(String.valueOf(malformed.getMessage())), framing);
            return;
        }
        ControlAnswer.Whole refusal =
                requests.gate().refusal(head, here(context)).orElse(null);
        if (refusal != null) {
            refuse(context, refusal, framing);
            return;
        }
        Match match = requests.router().find(head);
        int bytesMax = match instanceof Match.Found found ? found.route().body().bytesMax() : ControlApi.BODY_BYTES_MAX;
        if (HttpUtil.getContentLength(request, 0L) > bytesMax) {
            refuse(context, tooLarge(bytesMax), framing);
            return;
        }
        if (HttpUtil.is100ContinueExpected(request)) {
            ChannelFuture unused = context.writeAndFlush(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
        incoming = new Incoming(head, match, framing, bytesMax, new ByteArrayOutputStream());
        stage = Stage.BODY;
        deadline(context).in(BODY_MILLIS);
    }

    private void content(ChannelHandlerContext context, HttpContent content) {
        boolean isLast = content instanceof LastHttpContent;
        Incoming request = incoming;
        if (stage == Stage.REFUSED) {
            if (isLast || content.decoderResult().isFailure()) {
                close(context);
            }
        } else if (request == null) {
            LOG.debug("content without a request");
        } else if (content.decoderResult().isFailure()) {
            refuse(context, malformed(content.decoderResult().cause()), Framing.LAST);
            close(context);
        } else if (request.body().size() + content.content().readableBytes() > request.bytesMax()) {
            refuse(context, tooLarge(request.bytesMax()), request.framing());
        } else {
            add(request.body(), content.content());
            if (isLast) {
                incoming = null;
                answer(context, request);
            }
        }
    }

    private void answer(ChannelHandlerContext context, Incoming request) {
        stage = Stage.ANSWER;
        Exchanged exchanged = new Exchanged(
                context.channel(),
                request.framing(),
                () -> taking(context),
                () -> answered(context, request.framing()));
        current = exchanged;
        if (request.match() instanceof Match.Found found) {
            deadline(context).none();
            byte[] body = request.body().toByteArray();
            exchanged.run(requests.workers(), () -> requests.router().answer(found, request.head(), body));
        } else if (request.match() instanceof Match.Refused refused) {
            exchanged.send(refused.answer());
        }
    }

    /** All of an answer is written; the client has yet to take it. */
    private void taking(ChannelHandlerContext context) {
        deadline(context).in(TAKEN_MILLIS);
    }

    /** The client has taken an answer. */
    private void answered(ChannelHandlerContext context, Framing framing) {
        current = null;
        if (!framing.keepAlive()) {
            close(context);
            return;
        }
        stage = Stage.HEAD;
        deadline(context).in(IDLE_MILLIS);
        proceed(context);
    }

    /** Answers, and closes once the client has sent the rest: if it had to write to a closed connection, it might miss the answer. */
    private void refuse(ChannelHandlerContext context, ControlAnswer.Whole answer, Framing framing) {
        stage = Stage.REFUSED;
        incoming = null;
        deadline(context).in(REFUSED_MILLIS);
        ChannelFuture unused = context.writeAndFlush(HttpAnswers.whole(answer, framing.closing()));
    }

    private static void close(ChannelHandlerContext context) {
        ChannelFuture unused = context.close();
    }

    private Deadline deadline(ChannelHandlerContext context) {
        Deadline known = deadline;
        if (known == null) {
            known = new Deadline(context);
            deadline = known;
        }
        return known;
    }

    private static @Nullable InetAddress here(ChannelHandlerContext context) {
        return context.channel().localAddress() instanceof InetSocketAddress address ? address.getAddress() : null;
    }

    private static void add(ByteArrayOutputStream body, ByteBuf content) {
        byte[] bytes = new byte[content.readableBytes()];
        content.readBytes(bytes);
        body.writeBytes(bytes);
    }

    private static ControlAnswer.Whole malformed(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return FailureAnswer.of(414, FailureAnswer.usage("cannot read the request", "its first line is too long"));
        } else if (cause instanceof TooLongHttpHeaderException) {
            return FailureAnswer.of(431, FailureAnswer.usage("cannot read the request", "its headers are too long"));
        }
        return badRequest("it is not HTTP/1.1");
    }

    private static ControlAnswer.Whole badRequest(String why) {
        return FailureAnswer.of(400, FailureAnswer.usage("cannot read the request", why));
    }

    private static ControlAnswer.Whole tooLarge(int bytesMax) {
        return FailureAnswer.of(
                413, FailureAnswer.usage("the body of the request is too large", "it may have " + bytesMax + " bytes"));
    }
}
