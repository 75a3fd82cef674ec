package io.cairn.sim.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table of a TOML file, read strictly: values must have the requested type, and {@link #finish} rejects any key that was never requested.
 * All errors are {@link IllegalArgumentException}s that name the key.
 */
final class TomlTable {
    private static final Pattern TIME = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(ms|s|min|h|d)");
    private static final Map<String, Long> UNIT_MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "min", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
    private static final double MILLIS_MAX = 86_400_000.0 * 3_650;

    private final String path;
    private final ObjectNode node;
    private final Set<String> asked = new LinkedHashSet<>();
    private final List<TomlTable> inner = new ArrayList<>();

    TomlTable(String path, ObjectNode node) {
        this.path = path;
        this.node = node;
    }

    boolean has(String key) {
        asked.add(key);
        return node.has(key);
    }

    /**
     * @param absent the default; null if the key is required
     */
    String text(String key, @Nullable String absent) {
        JsonNode value = value(key);
        if (value == null && absent != null) {
            return absent;
        }
        if (value == null || !value.isTextual()) {
            throw wrong(key, "must be a text in quotes");
        }
        return value.textValue();
    }

    boolean isOn(String key) {
        JsonNode value = value(key);
        if (value == null) {
            return false;
        }
        if (!value.isBoolean()) {
            throw wrong(key, "must be true or false");
        }
        return value.booleanValue();
    }

    long integer(String key, long absent) {
        JsonNode value = value(key);
        if (value == null) {
            return absent;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(key, "must be a whole number");
        }
        return value.longValue();
    }

    /**
     * @param absent the default; -1 if the key is required
     */
    int count(String key, int absent) {
        long value = integer(key, absent);
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw wrong(key, "must be a whole number, 0 or more");
        }
        return (int) value;
    }

    /**
     * @param absent the default; -1 if the key is required
     */
    double number(String key, double absent) {
        JsonNode value = value(key);
        if (value == null ? absent < 0 : !value.isNumber()) {
            throw wrong(key, "must be a number");
        }
        return value == null ? absent : value.doubleValue();
    }

    /**
     * A time such as {@code "90 s"} or {@code "1.5 h"}.
     *
     * @param absent the default; -1 if the key is required
     */
    long millis(String key, long absent) {
        JsonNode value = value(key);
        if (value == null && absent >= 0) {
            return absent;
        }
        Matcher time = TIME.matcher(value == null ? "" : value.asText().strip());
        if (!time.matches()) {
            throw wrong(key, "must be a time with its unit in quotes (ms, s, min, h or d), such as \"90 s\"");
        }
        long unitMillis = UNIT_MILLIS.getOrDefault(time.group(2), 1L);
        double millis = Double.parseDouble(time.group(1)) * unitMillis;
        if (millis > MILLIS_MAX) {
            throw wrong(key, "must be at most ten years");
        }
        return Math.round(millis);
    }

    <E extends Enum<E>> E choice(String key, Class<E> type, E absent) {
        String word = text(key, absent.name().toLowerCase(Locale.ROOT));
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(word)) {
                return constant;
            }
        }
        String all = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        throw wrong(key, "must be one of " + all);
    }

    /** The table under a key; empty if there is none. */
    TomlTable table(String key) {
        JsonNode value = value(key);
        if (value == null) {
            return new TomlTable(path + key + ".", JsonNodeFactory.instance.objectNode());
        }
        return inner(path + key + ".", value, () -> wrong(key, "must be a table: [" + path + key + "]"));
    }

    /** Maps each table of a list of tables; empty if there is none. */
    <T> List<T> list(String key, Function<TomlTable, T> make) {
        JsonNode value = value(key);
        List<T> made = new ArrayList<>();
        if (value != null && !value.isArray()) {
            throw wrong(key, "must be a list of tables: [[" + path + key + "]]");
        }
        for (JsonNode element : value == null ? List.<JsonNode>of() : value) {
            String place = path + key + " " + (made.size() + 1) + ": ";
            made.add(make.apply(
                    inner(place, element, () -> wrong(key, "must be a list of tables: [[" + path + key + "]]"))));
        }
        return made;
    }

    /** Maps each key and its text. */
    <T> List<T> entries(BiFunction<String, String, T> make) {
        List<T> made = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            made.add(make.apply(entry.getKey(), text(entry.getKey(), null)));
        }
        return made;
    }

    /** Rejects keys that were never requested, here and in all tables inside. */
    void finish() {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!asked.contains(entry.getKey())) {
                throw new IllegalArgumentException(
                        "there is no key \"" + path + entry.getKey() + "\"; known here: " + String.join(", ", asked));
            }
        }
        inner.forEach(TomlTable::finish);
    }

    private TomlTable inner(
            String place, JsonNode value, java.util.function.Supplier<IllegalArgumentException> refusal) {
        if (!(value instanceof ObjectNode object)) {
            throw refusal.get();
        }
        TomlTable table = new TomlTable(place, object);
        inner.add(table);
        return table;
    }

    private @Nullable JsonNode value(String key) {
        asked.add(key);
        return node.get(key);
    }

    private IllegalArgumentException wrong(String key, String rule) {
        JsonNode value = node.get(key);
        return new IllegalArgumentException(
                "\"" + path + key + "\" " + rule + (value == null ? "; it is missing" : ", not " + value));
    }
}
