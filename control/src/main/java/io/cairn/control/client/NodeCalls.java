package io.cairn.control.client;

import io.cairn.app.CairnException;
import io.cairn.app.NodeGoneException;
import io.cairn.app.Operation;
import io.cairn.app.Reason;
import io.cairn.app.work.Broadcast;
import io.cairn.app.work.LocalOperation;
import io.cairn.app.work.NodeClosed;
import io.cairn.app.work.Work;
import io.cairn.control.http.ProcessStatus;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The three ways to call the node: a question with a wait, a future, and an operation with events. Thread-safe. */
final class NodeCalls {
    /** Longest answer in JSON: a list of some 60,000 shares. */
    private static final int JSON_BYTES_MAX = 32 << 20;

    /** Longest answer in bytes, for manifests and excerpts. */
    private static final int BYTES_MAX = 64 << 20;

    private final ClientLoop loop = new ClientLoop();
    private final Connections connections;
    private final AtomicBoolean closed = new AtomicBoolean();

    NodeCalls(Path socket) {
        connections = new Connections(socket);
    }

    /** Learns which process the node runs in. Blocks. */
    ProcessStatus begin() throws CairnException {
        ProcessStatus process = query(Connections.STATUS, Connections.PROCESS);
        connections.expect(process);
        return process;
    }

    ClientLoop loop() {
        return loop;
    }

    CompletableFuture<Void> gone() {
        return connections.gone();
    }

    boolean isClosed() {
        return closed.get();
    }

    /** Asks what the node answers at once, and waits. */
    <T> T query(Request request, Answer.Reader<T> reader) throws CairnException {
        AnswerExchange exchange = new AnswerExchange(JSON_BYTES_MAX);
        connections.ask(request, exchange);
        return reader.read(BoundedWait.on(exchange.answer()));
    }

    /**
     * The same for a question that has no failure.
     *
     * @param whenClosed the answer of a closed node
     * @throws NodeGoneException if the node's process has ended or does not answer
     */
    <T> T ask(Request request, Answer.Reader<T> reader, Supplier<T> whenClosed) {
        if (closed.get()) {
            return whenClosed.get();
        }
        try {
            return query(request, reader);
        } catch (CairnException failure) {
            if (closed.get()) {
                return whenClosed.get();
            } else if (failure.reason() == Reason.NODE_GONE) {
                throw new NodeGoneException(failure);
            }
            throw new IllegalStateException("the node could not answer", failure);
        }
    }

    /** Calls something that may take its time. Cancelling the future closes the connection. */
    <T> CompletableFuture<T> call(Request request, Answer.Reader<T> reader) {
        return call(request, reader, JSON_BYTES_MAX);
    }

    /** The same for an answer that is not JSON. */
    <T> CompletableFuture<T> bytes(Request request, Answer.Reader<T> reader) {
        return call(request, reader, BYTES_MAX);
    }

    private <T> CompletableFuture<T> call(Request request, Answer.Reader<T> reader, int bytesMax) {
        CompletableFuture<T> result = new CompletableFuture<>();
        AnswerExchange exchange = new AnswerExchange(bytesMax);
        CompletableFuture<T> unused = result.whenComplete((value, failure) -> {
            if (result.isCancelled()) {
                exchange.answer().cancel(false);
            }
        });
        CompletableFuture<Answer> unusedAnswer = exchange.answer()
                .whenComplete((answer, failure) -> loop.later(() -> settle(result, reader, answer, failure)));
        connections.askAlone(request, exchange);
        return result;
    }

    private static <T> void settle(
            CompletableFuture<T> result,
            Answer.Reader<T> reader,
            @Nullable Answer answer,
            @Nullable Throwable failure) {
        if (answer == null) {
            result.completeExceptionally(Work.cause(failure == null ? Failures.gone(null) : failure));
            return;
        }
        try {
            result.complete(reader.read(answer));
        } catch (CairnException | RuntimeException reported) {
            result.completeExceptionally(reported);
        }
    }

    /** Starts something with events. Cancelling its completion closes the connection. */
    <E, R> Operation<E, R> operation(Request request, OperationLines.Shape<E, R> shape) {
        Broadcast<E> events = new Broadcast<>(loop, shape.kind());
        CompletableFuture<R> result = new CompletableFuture<>();
        LinesExchange exchange = stream(request, new OperationLines<>(shape, events, result));
        CompletableFuture<R> unused = result.whenComplete((value, failure) -> {
            if (result.isCancelled()) {
                exchange.close();
            }
        });
        return new LocalOperation<>(events, result);
    }

    /** Follows lines until they end. */
    LinesExchange stream(Request request, LinesExchange.Lines lines) {
        LinesExchange exchange = new LinesExchange(loop, lines);
        connections.askAlone(request, exchange);
        return exchange;
    }

    /** Disconnects; everything open fails. */
    void close() {
        if (closed.compareAndSet(false, true)) {
            connections.close(NodeClosed.exception(), loop::end);
        }
    }
}
