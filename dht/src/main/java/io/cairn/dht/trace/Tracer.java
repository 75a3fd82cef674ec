package io.cairn.dht.trace;

import io.cairn.dht.env.Clock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Begins spans, and passes those that end to a sink. A node without tracing has none. Confined to the loop. */
public final class Tracer {
    private final Clock clock;
    private final RandomGenerator random;
    private final Sink sink;

    public Tracer(Clock clock, RandomGenerator random, Sink sink) {
        this.clock = clock;
        this.random = random;
        this.sink = sink;
    }

    /** Receives every span that ends, on the loop. Does not block. */
    @FunctionalInterface
    public interface Sink {
        void ended(FinishedSpan span);
    }

    /** Begins a trace. */
    public Span begin(String name) {
        TraceContext first = new TraceContext(id(), id(), id());
        return start(first, null, name, Span.Kind.INTERNAL);
    }

    /** Continues a trace, at the request of another node or as a step of a span of this one. */
    public Span child(TraceContext parent, String name, Span.Kind kind) {
        TraceContext next = new TraceContext(parent.traceHigh(), parent.traceLow(), id());
        return start(next, parent.spanHex(), name, kind);
    }

    private Span start(TraceContext context, @Nullable String parentHex, String name, Span.Kind kind) {
        return new Span(this, name, kind, context, parentHex, clock.wallMillis(), clock.monotonicMillis());
    }

    long monotonicMillis() {
        return clock.monotonicMillis();
    }

    void ended(FinishedSpan span) {
        sink.ended(span);
    }

    private long id() {
        long id;
        do {
            id = random.nextLong();
        } while (id == 0);
        return id;
    }
}
