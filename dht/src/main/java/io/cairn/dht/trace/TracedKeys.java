package io.cairn.dht.trace;

import io.cairn.dht.id.Key;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys that this node works on as part of a trace, each with the span that its next steps belong to. Confined to the loop. */
public final class TracedKeys {
    private final Map<Key, Span> spans = new LinkedHashMap<>();

    /** @return false if the key is part of a trace already; then nothing changes */
    public boolean begin(Key key, Span span) {
        return spans.putIfAbsent(key, span) == null;
    }

    /** The span of a key; null if it is not part of a trace. */
    public @Nullable Span of(Key key) {
        return spans.get(key);
    }

    public void end(Key key) {
        spans.remove(key);
    }
}
