package io.cairn.control.server.route;

import io.cairn.app.CairnException;
import io.cairn.app.json.JsonTree;
import io.cairn.control.server.answer.FailureAnswer;
import io.cairn.control.server.answer.RequestHead;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that has found its route.
 *
 * @param parameters of the path, by name
 */
public record Call(RequestHead head, Map<String, String> parameters, byte[] body) {
    public Call {
        parameters = Map.copyOf(parameters);
    }

    /** A parameter of the path. */
    String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalStateException("the route has no parameter " + name);
        }
        return value;
    }

    /** A parameter of the query; its last value if it is repeated. */
    @Nullable
    String query(String name) {
        List<String> values = queries(name);
        return values.isEmpty() ? null : values.get(values.size() - 1);
    }

    /** All values of a parameter of the query. */
    List<String> queries(String name) {
        return head.target().query().getOrDefault(name, List.of());
    }

    /** A whole number of the query. */
    long number(String name, long otherwise) throws CairnException {
        String text = query(name);
        try {
            return text == null ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException invalid) {
            throw FailureAnswer.usage("not a whole number: " + name + "=" + text, "the query has a whole number there");
        }
    }

    /** Reads the body. */
    <T> T body(Reader<T> reader) throws CairnException {
        try {
            return reader.read(JsonTree.object(body));
        } catch (IllegalArgumentException invalid) {
            throw FailureAnswer.usage("cannot use the body of the request", String.valueOf(invalid.getMessage()));
        }
    }

    /** Makes a value of the API from JSON; an {@link IllegalArgumentException} says what is wrong with it. */
    @FunctionalInterface
    interface Reader<T> {
        T read(JsonTree json) throws CairnException;
    }
}
