package io.cairn.app;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What to do about a failure: as text for a person, and as a reason with facts for a program.
 *
 * @param facts texts and numbers, in the order they were added; whole numbers are of type {@code Long}, however they were given
 */
public record Advice(Reason reason, String text, Map<String, Object> facts) {
    public Advice {
        Map<String, Object> kept = new LinkedHashMap<>(facts);
        kept.replaceAll((fact, value) -> value instanceof Integer whole ? Long.valueOf(whole) : value);
        facts = Collections.unmodifiableMap(kept);
    }

    /** With one more fact; what is not a number is kept as its text. */
    public Advice and(String fact, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(facts);
        more.put(fact, value instanceof Number ? value : value.toString());
        return new Advice(reason, text, more);
    }
}
