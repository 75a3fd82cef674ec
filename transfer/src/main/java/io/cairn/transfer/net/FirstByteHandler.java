package io.cairn.transfer.net;

import io.cairn.transfer.protocol.Violation;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Hands a connection to the face that its first byte selects. Closes it if there is no such face or no byte arrives. */
final class FirstByteHandler extends ChannelInboundHandlerAdapter {
    private final Map<Integer, Face> faces;
    private final Acceptance stranger;
    private final int patienceMillis;
    private @Nullable ScheduledFuture<?> deadline;

    /** @param faces by the first byte, unsigned */
    FirstByteHandler(Map<Integer, Face> faces, Acceptance stranger, int patienceMillis) {
        this.faces = faces;
        this.stranger = stranger;
        this.patienceMillis = patienceMillis;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        deadline = context.executor().schedule(stranger::tooLate, patienceMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        Face face = bytes.isReadable() ? faces.get((int) bytes.getUnsignedByte(bytes.readerIndex())) : null;
        if (face == null) {
            bytes.release();
            stranger.refuse(Violation.MALFORMED);
        } else {
            face.begin(context.pipeline(), stranger);
            context.pipeline().remove(this);
            context.fireChannelRead(bytes); // to the handlers of the face, which follow this one
        }
    }
}
