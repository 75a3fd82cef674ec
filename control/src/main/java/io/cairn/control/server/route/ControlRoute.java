package io.cairn.control.server.route;

import io.cairn.app.CairnException;
import io.cairn.control.http.ControlApi;
import io.cairn.control.server.answer.ControlAnswer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One row of the table of requests.
 *
 * @param path segments as they are, or a parameter such as <code>{target}</code>
 * @param body whether the request has one, and how large it may be
 * @param action called on a thread that may wait for the node
 */
public record ControlRoute(String method, String path, Body body, Action action) {
    /** Calls the node. */
    @FunctionalInterface
    interface Action {
        ControlAnswer answer(Call call) throws CairnException, NotFoundException;
    }

    /** The body of a request: JSON, or none. */
    public enum Body {
        NONE(0),
        JSON(ControlApi.BODY_BYTES_MAX),
        LARGE_JSON(ControlApi.REPAIR_BYTES_MAX);

        private final int bytesMax;

        Body(int bytesMax) {
            this.bytesMax = bytesMax;
        }

        public int bytesMax() {
            return bytesMax;
        }
    }

    static ControlRoute get(String path, Action action) {
        return new ControlRoute("GET", path, Body.NONE, action);
    }

    static ControlRoute post(String path, Action action) {
        return new ControlRoute("POST", path, Body.NONE, action);
    }

    static ControlRoute postJson(String path, Action action) {
        return new ControlRoute("POST", path, Body.JSON, action);
    }

    /** The parameters of a path, if it is one of this route. */
    Optional<Map<String, String>> match(List<String> segments) {
        String[] names = path.substring(1).split("/", -1);
        if (names.length != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        for (int at = 0; at < names.length; at++) {
            String name = names[at];
            if (name.startsWith("{")) {
                parameters.put(name.substring(1, name.length() - 1), segments.get(at));
            } else if (!name.equals(segments.get(at))) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }
}
