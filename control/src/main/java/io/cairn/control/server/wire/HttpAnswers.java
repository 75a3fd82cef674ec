package io.cairn.control.server.wire;

import io.cairn.app.Version;
import io.cairn.control.http.ControlApi;
import io.cairn.control.server.answer.ControlAnswer;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/** Answers, from ours to Netty's. */
final class HttpAnswers {
    private HttpAnswers() {}

    /**
     * How an answer is framed.
     *
     * @param headOnly the request was a {@code HEAD}: Netty leaves the body out
     * @param keepAlive whether the connection stays for another request
     * @param chunked whether the client knows chunks, as all do since HTTP/1.1
     */
    record Framing(boolean headOnly, boolean keepAlive, boolean chunked) {
        /** Of the answer to something that is not HTTP. */
        static final Framing LAST = new Framing(false, false, true);

        static Framing of(HttpRequest request) {
            return new Framing(
                    request.method().equals(HttpMethod.HEAD),
                    HttpUtil.isKeepAlive(request),
                    request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) >= 0);
        }

        /** The same, and the connection ends. */
        Framing closing() {
            return new Framing(headOnly, false, chunked);
        }
    }

    static FullHttpResponse whole(ControlAnswer.Whole answer, Framing framing) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.code()), Unpooled.wrappedBuffer(answer.body()));
        answer.headers().forEach((name, value) -> response.headers().set(name, value));
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, answer.body().remaining());
        if (answer.headers().containsKey("content-type")) {
            introduce(response.headers());
        }
        end(response.headers(), framing);
        return response;
    }

    /** The head of an answer in lines. */
    static HttpResponse lines(Framing framing) {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, ControlApi.JSON_LINES);
        if (framing.chunked()) {
            response.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        introduce(response.headers());
        end(response.headers(), framing);
        return response;
    }

    private static void introduce(HttpHeaders headers) {
        headers.set(ControlApi.VERSION_HEADER, Version.NUMBER)
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set("x-content-type-options", "nosniff");
    }

    private static void end(HttpHeaders headers, Framing framing) {
        if (!framing.keepAlive()) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
    }
}
