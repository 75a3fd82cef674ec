package io.cairn.control.client;

import io.cairn.app.Version;
import io.cairn.app.json.JsonObject;
import io.cairn.control.http.ControlApi;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request to the node.
 *
 * @param uri path and query, percent-encoded, after the prefix of all
 */
record Request(HttpMethod method, String uri, @Nullable JsonObject body) {
    private static final byte[] NONE = {};

    static Request get(String uri) {
        return new Request(HttpMethod.GET, uri, null);
    }

    static Request put(String uri, JsonObject body) {
        return new Request(HttpMethod.PUT, uri, body);
    }

    static Request post(String uri, JsonObject body) {
        return new Request(HttpMethod.POST, uri, body);
    }

    static Request post(String uri) {
        return new Request(HttpMethod.POST, uri, null);
    }

    static Request delete(String uri) {
        return new Request(HttpMethod.DELETE, uri, null);
    }

    /** A text as one segment of a path, or one value of a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Whether it may be sent twice. */
    boolean isRepeatable() {
        return !method.equals(HttpMethod.POST);
    }

    FullHttpRequest http() {
        byte[] bytes = body == null ? NONE : body.line();
        FullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, method, ControlApi.PREFIX + uri, Unpooled.wrappedBuffer(bytes));
        request.headers()
                .set(HttpHeaderNames.HOST, "localhost")
                .set(HttpHeaderNames.CONTENT_LENGTH, bytes.length)
                .set(ControlApi.VERSION_HEADER, Version.NUMBER);
        if (body != null) {
            request.headers().set(HttpHeaderNames.CONTENT_TYPE, ControlApi.JSON);
        }
        return request;
    }
}
