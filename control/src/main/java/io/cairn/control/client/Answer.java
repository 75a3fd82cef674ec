package io.cairn.control.client;

import io.cairn.app.CairnException;
import io.cairn.app.json.ErrorJson;
import io.cairn.app.json.JsonTree;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.function.Function;

/** A whole answer. */
record Answer(int status, HttpHeaders headers, byte[] body) {
    private static final int FAILURES = 400;

    /** Turns an answer into a value, or into the failure that it reports. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Answer answer) throws CairnException;
    }

    /** Reads one object. */
    static <T> Reader<T> object(Function<JsonTree, T> reader) {
        return answer -> answer.parsed(body -> reader.apply(JsonTree.object(body)));
    }

    /** Reads an array of objects. */
    static <T> Reader<List<T>> array(Function<JsonTree, T> reader) {
        return answer ->
                answer.parsed(body -> JsonTree.array(body).stream().map(reader).toList());
    }

    /** The body as a value. */
    <T> T parsed(Function<byte[], T> reader) throws CairnException {
        try {
            if (isFailure(status)) {
                throw ErrorJson.read(JsonTree.object(body));
            }
            return reader.apply(body);
        } catch (IllegalArgumentException malformed) {
            throw Failures.unreadable(malformed);
        }
    }

    /** A whole number in the header. */
    long number(String header) {
        String value = headers.get(header);
        if (value == null) {
            throw new IllegalArgumentException("the header " + header + " is missing");
        }
        return Long.parseLong(value);
    }

    static boolean isFailure(int status) {
        return status >= FAILURES;
    }
}
