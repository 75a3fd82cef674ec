package io.cairn.transfer.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.transfer.net.admission.TransferLimits;
import io.cairn.transfer.net.tls.Dialled;
import io.cairn.transfer.net.tls.RealNode;
import io.cairn.transfer.protocol.Violation;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A second protocol on the port is one entry in the table of faces; strangers are bounded before it as they are before TLS. */
final class AnotherFaceOnThePortTest {
    private static final byte[] HELLO = "echo".getBytes(StandardCharsets.US_ASCII);
    private static final Map<Integer, Face> FACES =
            Map.of((int) HELLO[0], (pipeline, stranger) -> pipeline.addLast(new Echo()));

    @Test
    void bothFacesAnswerOnTheSamePort() throws Exception {
        try (RealNode a = RealNode.start();
                RealNode b = RealNode.start(TransferLimits.DEFAULT, FACES)) {
            try (Socket socket = connect(b)) {
                socket.getOutputStream().write(HELLO);
                assertThat(socket.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
            }
            Dialled accepted = Dialled.accept(b);
            assertThat(Dialled.dial(a, b.endpoint(), null).connection().isDialled())
                    .isTrue();
            assertThat(accepted.connection().isDialled()).isFalse();
        }
    }

    @Test
    void aByteWithoutAFaceIsClosed() throws Exception {
        try (RealNode b = RealNode.start(TransferLimits.DEFAULT, FACES);
                Socket socket = connect(b)) {
            socket.getOutputStream().write(1);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThat(b.network.violations().get(Violation.MALFORMED)).isEqualTo(1);
        }
    }

    @Test
    void whoSendsTooMuchIsClosedWhateverItSpeaks() throws Exception {
        try (RealNode b = RealNode.start(TransferLimits.DEFAULT, FACES);
                Socket socket = connect(b)) {
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            out.write(HELLO);
            assertThat(in.readNBytes(HELLO.length)).isEqualTo(HELLO);
            int echoed = 0;
            try {
                for (int i = 0; i < 64; i++) {
                    out.write(new byte[1_024]);
                    echoed += in.readNBytes(1_024).length;
                }
            } catch (IOException reset) {
                assertThat(reset).isNotNull(); // like an end of the stream
            }
            assertThat(echoed).isLessThan(TransferLimits.STRANGER_BYTES_MAX);
            assertThat(b.network.violations().get(Violation.OVERSIZED_FRAME)).isEqualTo(1);
        }
    }

    @Test
    void whoIsNotLetInInTimeIsClosedWhateverItSpeaks() throws Exception {
        TransferLimits impatient = new TransferLimits(300, 300, 1_000, 4, 256, 64, 1 << 24, 96 * 1024 * 1024);
        try (RealNode b = RealNode.start(impatient, FACES);
                Socket socket = connect(b)) {
            socket.getOutputStream().write(HELLO);
            assertThat(socket.getInputStream().readAllBytes()).isEqualTo(HELLO);
        }
    }

    @Test
    void strangersDisplaceEachOtherWhateverTheySpeak() throws Exception {
        TransferLimits few = new TransferLimits(60_000, 60_000, 1_000, 4, 256, 64, 1 << 24, 96 * 1024 * 1024);
        try (RealNode b = RealNode.start(few, FACES);
                Socket first = answered(b);
                Socket second = answered(b);
                Socket third = answered(b);
                Socket fourth = answered(b);
                Socket fifth = answered(b)) {
            assertThat(first.getInputStream().read()).isEqualTo(-1);
            for (Socket other : List.of(second, third, fourth, fifth)) {
                other.getOutputStream().write(HELLO);
                assertThat(other.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
            }
        }
    }

    private static Socket answered(RealNode by) throws IOException {
        Socket socket = connect(by);
        socket.getOutputStream().write(HELLO);
        assertThat(socket.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
        return socket;
    }

    private static Socket connect(RealNode to) throws IOException {
        Socket socket = new Socket(to.endpoint().address(), to.endpoint().port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    /** Sends back what it receives. */
    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            var unused = context.writeAndFlush((ByteBuf) bytes);
        }
    }
}
