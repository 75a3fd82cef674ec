package io.cairn.transfer.net;

import io.cairn.dht.env.OutOfMemory;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.net.admission.SessionAdmission;
import io.cairn.transfer.net.admission.StrangerGate;
import io.cairn.transfer.net.admission.Strangers;
import io.cairn.transfer.net.session.FrameReader;
import io.cairn.transfer.net.session.Frames;
import io.cairn.transfer.net.session.MessageInbox;
import io.cairn.transfer.net.session.ReadSize;
import io.cairn.transfer.net.session.SessionContext;
import io.cairn.transfer.net.session.SessionHandler;
import io.cairn.transfer.net.tls.Tls;
import io.cairn.transfer.protocol.Fingerprint;
import io.cairn.transfer.protocol.Handshake;
import io.cairn.transfer.protocol.PeerSession;
import io.cairn.transfer.protocol.ProtocolLimits;
import io.cairn.transfer.protocol.Violation;
import io.cairn.transfer.swarm.port.DialFailure;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A connection until its HELLO: only one small frame is read, within a short time. Then a {@link SessionHandler} replaces this handler. A
 * stranger that fails is closed without an answer.
 */
final class GreetingHandler extends ChannelInboundHandlerAdapter implements FrameReader.Sink, StrangerGate.Watch {
    private final SessionContext context;
    private final Fingerprint ownCertificate;
    private final int listeningPort;
    private final Greeting greeting;
    private final FrameReader reader = new FrameReader(ProtocolLimits.HELLO_FRAME_BYTES_MAX);
    private @Nullable ChannelHandlerContext channel;
    private @Nullable Handshake handshake;
    private boolean ended;

    GreetingHandler(SessionContext context, Fingerprint ownCertificate, int listeningPort, Greeting greeting) {
        this.context = context;
        this.ownCertificate = ownCertificate;
        this.listeningPort = listeningPort;
        this.greeting = greeting;
    }

    /** Receives the end of the wait for a HELLO; called once, on the network thread. */
    interface Greeting {
        /** Whether this side dialled. */
        boolean dialled();

        /** The peer that must answer; null for any. */
        @Nullable
        NodeId expected();

        void greeted(
                Handshake.Greeted greeted, MessageInbox inbox, SessionHandler handler, ChannelHandlerContext channel);

        void failed(DialFailure failure);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        channel = added;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        ended = true;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext added, Object event) {
        if (event instanceof SslHandshakeCompletionEvent completion) {
            if (completion.isSuccess()) {
                startHandshake(added);
            } else {
                fail(DialFailure.Kind.NO_TLS, "does not speak TLS correctly");
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext added, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        reader.read(target -> FrameReader.Source.move(bytes, target), this);
        if (bytes.isReadable() && added.isRemoved()) {
            added.fireChannelRead(bytes); // what followed HELLO is for the session, which replaced this handler
        } else {
            bytes.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext added) {
        fail(
                DialFailure.Kind.NOT_GREETED,
                "closed the connection instead of greeting: another network, a clock that is off, or no room");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext added, Throwable cause) {
        OutOfMemory.check(cause);
        fail(DialFailure.Kind.NOT_A_PEER, "broke off: " + cause.getMessage());
    }

    @Override
    public boolean wantsMore() {
        return !ended;
    }

    @Override
    public void message(byte[] envelope) {
        Handshake begun = handshake;
        ChannelHandlerContext current = channel;
        if (begun == null || current == null) {
            return;
        }
        Handshake.Outcome outcome =
                begun.received(envelope, greeting.expected(), greeting.dialled(), context.wallMillis());
        if (outcome instanceof Handshake.Refused refused) {
            context.count(refused.violation());
            fail(kindOf(refused.violation()), refused.violation().what());
        } else {
            admit(begun, (Handshake.Greeted) outcome, current);
        }
    }

    @Override
    public @Nullable ByteBuffer memory(int rest) {
        unreadable();
        return null;
    }

    @Override
    public void data(int length) {
        throw new IllegalStateException("data in a greeting, for which there is no memory");
    }

    @Override
    public void unreadable() {
        context.count(Violation.OVERSIZED_FRAME);
        fail(DialFailure.Kind.NOT_A_PEER, Violation.OVERSIZED_FRAME.what());
    }

    /** A dialled peer takes no place among strangers. */
    @Override
    public void advanced(Strangers.Progress progress) {}

    @Override
    public void tooMuch() {
        unreadable();
    }

    @Override
    public void tooLate() {
        fail(DialFailure.Kind.TIMED_OUT, "did not greet in time");
    }

    private void startHandshake(ChannelHandlerContext current) {
        try {
            Fingerprint seen = Tls.seen(current.pipeline().get(SslHandler.class));
            handshake = new Handshake(
                    context.config().identity(),
                    context.config().network(),
                    context.config().keys(),
                    ownCertificate,
                    seen);
            if (greeting.dialled()) {
                sendHello(handshake, greeting.expected(), current);
            }
        } catch (IOException noCertificate) {
            fail(DialFailure.Kind.NO_TLS, "presented no certificate");
        }
    }

    private void admit(Handshake begun, Handshake.Greeted greeted, ChannelHandlerContext current) {
        InetSocketAddress remote = (InetSocketAddress) current.channel().remoteAddress();
        SessionAdmission.Session place = context.admission()
                .admit(
                        remote.getAddress(),
                        greeting.dialled(),
                        () -> SessionHandler.closeLater(current.channel(), "had to make room for another"),
                        context.clock().monotonicMillis());
        if (place == null) {
            fail(DialFailure.Kind.LOCAL, "was refused: this node has as many sessions as it may");
        } else {
            begin(begun, greeted, place, current);
        }
    }

    private void begin(
            Handshake begun, Handshake.Greeted greeted, SessionAdmission.Session place, ChannelHandlerContext current) {
        ended = true;
        if (!greeting.dialled()) {
            sendHello(begun, greeted.peer().nodeId(), current);
        }
        MessageInbox inbox = new MessageInbox(context.scheduler(), context.limits(), context.waitingBytes());
        PeerSession session = begun.session(greeted.peer());
        SessionHandler handler = new SessionHandler(context, session, inbox, place, current);
        greeting.greeted(greeted, inbox, handler, current);
        current.pipeline().remove(StrangerGate.class);
        ReadSize.ofSession(current.channel());
        current.pipeline().replace(this, "session", handler);
    }

    private void sendHello(Handshake begun, @Nullable NodeId recipient, ChannelHandlerContext current) {
        byte[] hello = begun.hello(recipient, listeningPort, context.config().agent(), context.wallMillis());
        ChannelFuture unused = current.writeAndFlush(Frames.message(current.alloc(), hello));
    }

    private static DialFailure.Kind kindOf(Violation violation) {
        return switch (violation) {
            case SELF -> DialFailure.Kind.THIS_NODE;
            case OTHER_NETWORK -> DialFailure.Kind.OTHER_NETWORK;
            case OTHER_VERSION -> DialFailure.Kind.OTHER_VERSION;
            case STALE -> DialFailure.Kind.OTHER_CLOCK;
            case WRONG_SENDER -> DialFailure.Kind.OTHER_NODE;
            case MALFORMED,
                    WRONG_RECIPIENT,
                    REPLAYED,
                    BAD_SIGNATURE,
                    WRONG_CERTIFICATE,
                    OUT_OF_PLACE,
                    UNASKED_DATA,
                    OVERSIZED_FRAME -> DialFailure.Kind.REFUSED_BY_US;
        };
    }

    private void fail(DialFailure.Kind kind, String reason) {
        if (!ended) {
            ended = true;
            greeting.failed(new DialFailure(kind, reason));
            if (channel != null) {
                ChannelFuture unused = channel.channel().close();
            }
        }
    }
}
