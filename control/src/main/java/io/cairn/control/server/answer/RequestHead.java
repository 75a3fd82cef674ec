package io.cairn.control.server.answer;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request without its body.
 *
 * @param method {@code GET} also for a {@code HEAD}, whose answer is only sent without its body
 * @param headers by name in lower case
 */
public record RequestHead(String method, RequestTarget target, Map<String, String> headers) {
    public RequestHead {
        headers = Map.copyOf(headers);
    }

    public @Nullable String header(String name) {
        return headers.get(name);
    }
}
