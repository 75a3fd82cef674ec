package io.cairn.control.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.json.JsonObject;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A connection that takes only a few bytes at a time says so while the encoder writes the parts of a chunk one after another: the length,
 * the lines, and the end of the line.
 */
class LinesAreNotWrittenWithinAWriteTest {
    private static final int LINES = 200;

    /** Each part of a chunk is too much, and each flush makes room again. */
    private static final WriteBufferWaterMark FULL_AT_ONCE = new WriteBufferWaterMark(1, 2);

    private final EmbeddedChannel server = new EmbeddedChannel();
    private final EmbeddedChannel client = new EmbeddedChannel(new HttpResponseDecoder());
    private final List<String> ends = new ArrayList<>();
    private final EventStream stream =
            new EventStream(server, 1 << 20, written -> ends.add(written.isSuccess() ? "written" : "failed"));

    @AfterEach
    void close() {
        server.finishAndReleaseAll();
        client.finishAndReleaseAll();
    }

    @Test
    void aStreamThatIsReadSlowlyIsWhole() {
        server.config().setWriteBufferWaterMark(FULL_AT_ONCE);
        server.pipeline().addLast(new HttpResponseEncoder(), new ChannelInboundHandlerAdapter() {
            @Override
            public void channelWritabilityChanged(ChannelHandlerContext context) {
                stream.writable();
            }
        });
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        HttpUtil.setTransferEncodingChunked(head, true);
        server.writeOutbound(head);
        StringBuilder expected = new StringBuilder();
        for (int at = 0; at < LINES; at++) {
            JsonObject line = line(at);
            stream.line(line);
            expected.append(new String(line.line(), StandardCharsets.UTF_8));
        }
        stream.last(line(LINES));
        expected.append(new String(line(LINES).line(), StandardCharsets.UTF_8));
        server.runPendingTasks();
        assertThat(received()).isEqualTo(expected.toString());
        assertThat(ends).containsExactly("written");
    }

    private static JsonObject line(int number) {
        return new JsonObject("line", fields -> fields.number("number", number).text("text", "word ".repeat(40)));
    }

    /** The lines as a client reads them; fails if a chunk is not one, or the stream has no end. */
    private String received() {
        for (ByteBuf bytes = server.readOutbound(); bytes != null; bytes = server.readOutbound()) {
            client.writeInbound(bytes);
        }
        StringBuilder text = new StringBuilder();
        boolean isEnded = false;
        for (HttpObject part = client.readInbound(); part != null; part = client.readInbound()) {
            assertThat(part.decoderResult().isSuccess()).isTrue();
            if (part instanceof HttpContent content) {
                text.append(content.content().toString(StandardCharsets.UTF_8));
                isEnded = part instanceof LastHttpContent;
                content.release();
            }
        }
        assertThat(isEnded).isTrue();
        return text.toString();
    }
}
