package io.cairn.dht.trace;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One step of a trace that is over.
 *
 * @param context its ids
 * @param parentHex the span id of the step that caused it, on this node or on the one that asked; null for the first step of a trace
 * @param startMillis since 1970
 * @param endMillis since 1970, at least the start
 * @param attributes texts and whole numbers, by OpenTelemetry's names where it has one
 * @param error why the step failed; null if it did not
 */
public record FinishedSpan(
        String name,
        Span.Kind kind,
        TraceContext context,
        @Nullable String parentHex,
        long startMillis,
        long endMillis,
        Map<String, Object> attributes,
        @Nullable String error) {
    public FinishedSpan {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }
}
