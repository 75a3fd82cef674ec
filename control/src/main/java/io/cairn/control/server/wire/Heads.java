package io.cairn.control.server.wire;

import io.cairn.control.http.ControlApi;
import io.cairn.control.server.answer.RequestHead;
import io.cairn.control.server.answer.RequestTarget;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Heads of requests, from Netty's to ours. */
final class Heads {
    /** The headers that mean something here; sent twice, they could mean one thing to one reader and another to the next. */
    private static final List<String> HEADERS =
            List.of("host", "origin", "authorization", "content-type", ControlApi.VERSION_HEADER);

    private Heads() {}

    /** @throws IllegalArgumentException if the target or a header is malformed */
    static RequestHead of(HttpRequest request) {
        Map<String, String> headers = new HashMap<>();
        for (String name : HEADERS) {
            List<String> values = request.headers().getAll(name);
            if (values.size() > 1) {
                throw new IllegalArgumentException("the header " + name + " is there more than once");
            }
            values.forEach(value -> headers.put(name, value));
        }
        String method = request.method().equals(HttpMethod.HEAD)
                ? HttpMethod.GET.name()
                : request.method().name();
        return new RequestHead(method, RequestTarget.parse(request.uri()), headers);
    }
}
