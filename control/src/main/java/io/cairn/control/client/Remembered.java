package io.cairn.control.client;

import io.cairn.app.NodeGoneException;
import io.cairn.app.work.NodeClosed;
import org.jspecify.annotations.Nullable;

/** A question whose last answer is that of a closed node. Thread-safe. */
final class Remembered<T> {
    private final NodeCalls calls;
    private final Request request;
    private final Answer.Reader<T> reader;
    private volatile @Nullable T last;

    Remembered(NodeCalls calls, Request request, Answer.Reader<T> reader) {
        this.calls = calls;
        this.request = request;
        this.reader = reader;
    }

    /** @throws NodeGoneException also if the node was closed before it was ever asked */
    T ask() {
        T answer = calls.ask(request, reader, this::heard);
        last = answer;
        return answer;
    }

    private T heard() {
        T answer = last;
        if (answer == null) {
            throw new NodeGoneException(NodeClosed.exception());
        }
        return answer;
    }
}
