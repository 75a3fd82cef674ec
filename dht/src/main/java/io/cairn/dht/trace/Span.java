package io.cairn.dht.trace;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One step of a trace while it lasts. What is added after its end is lost. Confined to the loop. */
public final class Span {
    private final Tracer tracer;
    private final String name;
    private final Kind kind;
    private final TraceContext context;
    private final @Nullable String parentHex;
    private final long startMillis;
    private final long startMonotonicMillis;
    private final Map<String, Object> attributes = new LinkedHashMap<>();
    private boolean hasEnded;

    Span(
            Tracer tracer,
            String name,
            Kind kind,
            TraceContext context,
            @Nullable String parentHex,
            long startMillis,
            long startMonotonicMillis) {
        this.tracer = tracer;
        this.name = name;
        this.kind = kind;
        this.context = context;
        this.parentHex = parentHex;
        this.startMillis = startMillis;
        this.startMonotonicMillis = startMonotonicMillis;
    }

    /** Who works: this node for itself, for another, or another for this one. The numbers are OpenTelemetry's. */
    public enum Kind {
        INTERNAL(1),
        SERVER(2),
        CLIENT(3);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    /** The ids that a request carries which this step makes. */
    public TraceContext context() {
        return context;
    }

    /** Begins a step that this one causes. */
    public Span child(String childName, Kind childKind) {
        return tracer.child(context, childName, childKind);
    }

    public Span with(String key, String value) {
        return put(key, value);
    }

    public Span with(String key, long value) {
        return put(key, value);
    }

    /** Adds to a number, which begins at 0. */
    public Span add(String key, long more) {
        return put(key, attributes.get(key) instanceof Long before ? before + more : more);
    }

    private Span put(String key, Object value) {
        if (!hasEnded) {
            attributes.put(key, value);
        }
        return this;
    }

    /** The step is over. The first end counts. */
    public void end() {
        finish(null);
    }

    /** The step has failed. The first end counts. */
    public void fail(String error) {
        finish(error);
    }

    public boolean hasEnded() {
        return hasEnded;
    }

    private void finish(@Nullable String error) {
        if (!hasEnded) {
            hasEnded = true;
            long endMillis = startMillis + tracer.monotonicMillis() - startMonotonicMillis;
            tracer.ended(new FinishedSpan(name, kind, context, parentHex, startMillis, endMillis, attributes, error));
        }
    }
}
