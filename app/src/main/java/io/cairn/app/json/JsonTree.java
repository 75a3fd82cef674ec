package io.cairn.app.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.cairn.dht.crypto.PublicKey;
import io.cairn.dht.id.Endpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that was read, with Jackson's parser and without its data binding. The bytes may come from anywhere: depth, number and
 * string lengths are bounded, and a missing field or one of another type is an {@link IllegalArgumentException} that names it. Unknown
 * fields are ignored, so that a newer writer can add some.
 */
public final class JsonTree {
    private static final int DEPTH_MAX = 16;
    private static final Pattern INTERFACE = Pattern.compile("%[^\\]]*");

    private final Map<String, @Nullable Object> fields;

    private JsonTree(Map<String, @Nullable Object> fields) {
        this.fields = fields;
    }

    /**
     * Reads one object.
     *
     * @throws IllegalArgumentException if the bytes are not exactly one JSON object
     */
    public static JsonTree object(byte[] json) {
        return asObject(value(json), "the text");
    }

    /**
     * Reads an array of objects.
     *
     * @throws IllegalArgumentException if the bytes are not exactly one array of objects
     */
    public static List<JsonTree> array(byte[] json) {
        return asObjects(value(json), "the text");
    }

    /** The field {@code type}. */
    public String type() {
        return text("type");
    }

    /** Whether a field is there and not null. */
    public boolean has(String name) {
        return fields.get(name) != null;
    }

    public String text(String name) {
        return field(name, String.class, "text");
    }

    /** A text, or another value if it is absent or null. */
    public @Nullable String textOr(String name, @Nullable String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    /** A text as a value of its own type. */
    public <T> T value(String name, Function<String, T> parsed) {
        return parsed.apply(text(name));
    }

    /** A constant by its name in lower case, as output has it. */
    public <E extends Enum<E>> E constant(String name, Class<E> type) {
        String text = text(name);
        for (E constant : type.getEnumConstants()) {
            if (text.equals(JsonFields.name(constant))) {
                return constant;
            }
        }
        throw new IllegalArgumentException("the field " + name + " is not one of "
                + Stream.of(type.getEnumConstants()).map(JsonFields::name).collect(Collectors.joining(", ")));
    }

    /** An absolute path: the writer and the reader may work in different folders. */
    public Path path(String name) {
        Path path = value(name, Path::of);
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("the field " + name + " is not an absolute path");
        }
        return path;
    }

    /** A whole number. */
    public long number(String name) {
        return field(name, Long.class, "whole number");
    }

    public int integer(String name) {
        long number = number(name);
        if (number != (int) number) {
            throw new IllegalArgumentException("the field " + name + " is out of range");
        }
        return (int) number;
    }

    public int integerOr(String name, int otherwise) {
        return has(name) ? integer(name) : otherwise;
    }

    public long numberOr(String name, long otherwise) {
        return has(name) ? number(name) : otherwise;
    }

    /** A number with a fraction, or without. */
    public double decimal(String name) {
        return field(name, Number.class, "number").doubleValue();
    }

    public boolean bool(String name) {
        return field(name, Boolean.class, "boolean");
    }

    public boolean boolOr(String name, boolean otherwise) {
        return has(name) ? bool(name) : otherwise;
    }

    public JsonTree child(String name) {
        return asObject(fields.get(name), "the field " + name);
    }

    public List<JsonTree> objects(String name) {
        return asObjects(fields.get(name), "the field " + name);
    }

    /** An endpoint. The interface that a link-local address names may be gone: then only the address is left. */
    public Endpoint endpoint(String name) {
        return value(name, JsonTree::endpointOf);
    }

    public List<Endpoint> endpoints(String name) {
        return values(name, JsonTree::endpointOf);
    }

    static PublicKey publicKey(String hex) {
        return PublicKey.of(HexFormat.of().parseHex(hex));
    }

    private static Endpoint endpointOf(String text) {
        try {
            return Endpoint.parse(text);
        } catch (IllegalArgumentException withInterface) {
            return Endpoint.parse(INTERFACE.matcher(text).replaceFirst(""));
        }
    }

    /** The texts of a list as values of their own type. */
    public <T> List<T> values(String name, Function<String, T> parsed) {
        return texts(name).stream().map(parsed).toList();
    }

    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object value : asList(fields.get(name), "the field " + name)) {
            if (!(value instanceof String text)) {
                throw new IllegalArgumentException("the field " + name + " is not a list of texts");
            }
            texts.add(text);
        }
        return texts;
    }

    public List<Integer> integers(String name) {
        List<Integer> integers = new ArrayList<>();
        for (Object value : asList(fields.get(name), "the field " + name)) {
            if (!(value instanceof Long number) || number != number.intValue()) {
                throw new IllegalArgumentException("the field " + name + " is not a list of whole numbers");
            }
            integers.add(number.intValue());
        }
        return integers;
    }

    /** The texts, numbers and booleans of this object, in order. */
    public Map<String, Object> scalars() {
        Map<String, Object> scalars = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                scalars.put(name, value);
            }
        });
        return scalars;
    }

    private <T> T field(String name, Class<T> type, String called) {
        Object value = fields.get(name);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(
                    "the field " + name + (value == null ? " is missing" : " is not a " + called));
        }
        return type.cast(value);
    }

    private static JsonTree asObject(@Nullable Object value, String called) {
        if (value instanceof JsonTree object) {
            return object;
        }
        throw new IllegalArgumentException(called + " is not an object");
    }

    private static List<?> asList(@Nullable Object value, String called) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException(called + " is not a list");
    }

    private static List<JsonTree> asObjects(@Nullable Object value, String called) {
        List<JsonTree> objects = new ArrayList<>();
        for (Object element : asList(value, called)) {
            objects.add(asObject(element, "an element of " + called));
        }
        return objects;
    }

    private static @Nullable Object value(byte[] json) {
        try (JsonParser parser = Factory.SHARED.createParser(json)) {
            parser.nextToken();
            Object value = read(parser);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("the text goes on after its JSON value");
            }
            return value;
        } catch (IOException broken) {
            throw new IllegalArgumentException("the text is not JSON", broken);
        }
    }

    private static @Nullable Object read(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new IllegalArgumentException("the text is empty");
        }
        return switch (token) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    parser.nextToken();
                    fields.put(name, read(parser));
                }
                yield new JsonTree(fields);
            }
            case START_ARRAY -> {
                List<@Nullable Object> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(read(parser));
                }
                yield elements;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalArgumentException("the text is not JSON");
        };
    }

    private static final class Factory {
        static final JsonFactory SHARED = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEPTH_MAX)
                        .build())
                .build();
    }
}
