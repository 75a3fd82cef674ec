package io.cairn.dht.trace;

import io.cairn.dht.id.NodeId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Decides which traces of other nodes this one follows: only those of named nodes, at most ten new ones a second, and of each a bounded
 * number of spans. So a node that is named can fill neither memory nor the trace file, and others can do nothing at all. Confined to the
 * loop.
 */
public final class ForeignTraces {
    /** New traces in any one second, of all nodes together. */
    public static final int PER_SECOND_MAX = 10;

    /** Spans of one trace: a fetch makes a few of them here, and another each time that it asks again after everything was answered. */
    public static final int SPANS_MAX = 256;

    private static final int FOLLOWED_MAX = 64;
    private static final long SECOND_MILLIS = 1_000;

    private final Set<NodeId> named;
    private final Map<Trace, Integer> followed = new LinkedHashMap<>();
    private final long[] begunMillis = new long[PER_SECOND_MAX];
    private int begun;

    /** @param named the nodes whose traces are followed */
    public ForeignTraces(Collection<NodeId> named) {
        this.named = Set.copyOf(named);
    }

    private record Trace(NodeId peer, long high, long low) {}

    /**
     * Whether to open a span for a request.
     *
     * @param nowMillis monotonic
     */
    public boolean follows(NodeId peer, TraceContext context, long nowMillis) {
        if (!named.contains(peer)) {
            return false;
        }
        Trace trace = new Trace(peer, context.traceHigh(), context.traceLow());
        Integer spans = followed.get(trace);
        if (spans == null) {
            if (begun >= PER_SECOND_MAX && nowMillis - begunMillis[begun % PER_SECOND_MAX] < SECOND_MILLIS) {
                return false;
            }
            begunMillis[begun % PER_SECOND_MAX] = nowMillis;
            begun = begun + 1 < 2 * PER_SECOND_MAX ? begun + 1 : PER_SECOND_MAX;
            forgetOldest();
            followed.put(trace, 1);
            return true;
        }
        if (spans == SPANS_MAX) {
            return false;
        }
        followed.put(trace, spans + 1);
        return true;
    }

    private void forgetOldest() {
        if (followed.size() >= FOLLOWED_MAX) {
            followed.remove(followed.keySet().iterator().next());
        }
    }
}
