package io.cairn.app.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The fields of one object, in the order they are given. */
public final class JsonFields {
    /** Whole numbers below this are exact as a double. */
    private static final double WHOLE_MAX = 1L << 53;

    private final JsonGenerator generator;

    JsonFields(JsonGenerator generator) {
        this.generator = generator;
    }

    /** A string, or null. */
    public JsonFields text(String name, @Nullable Object value) {
        return write(() -> generator.writeStringField(name, value == null ? null : value.toString()));
    }

    /** A constant by its name in lower case. */
    public JsonFields constant(String name, Enum<?> value) {
        return text(name, name(value));
    }

    public JsonFields number(String name, long value) {
        return write(() -> generator.writeNumberField(name, value));
    }

    /** A number, written without a fraction if it is whole; null if it is not finite. */
    public JsonFields decimal(String name, double value) {
        return write(() -> {
            if (value == Math.rint(value) && Math.abs(value) < WHOLE_MAX) {
                generator.writeNumberField(name, (long) value);
            } else if (Double.isFinite(value)) {
                generator.writeNumberField(name, value);
            } else {
                generator.writeNullField(name);
            }
        });
    }

    public JsonFields bool(String name, boolean value) {
        return write(() -> generator.writeBooleanField(name, value));
    }

    public JsonFields texts(String name, List<?> values) {
        return write(() -> {
            generator.writeArrayFieldStart(name);
            for (Object value : values) {
                generator.writeString(value.toString());
            }
            generator.writeEndArray();
        });
    }

    /** An array of whole numbers. */
    JsonFields numbers(String name, List<Integer> values) {
        return write(() -> {
            generator.writeArrayFieldStart(name);
            for (int value : values) {
                generator.writeNumber(value);
            }
            generator.writeEndArray();
        });
    }

    /** A whole number or a boolean as such, anything else as its text. */
    JsonFields scalar(String name, Object value) {
        if (value instanceof Boolean on) {
            return bool(name, on);
        }
        return value instanceof Number number ? number(name, number.longValue()) : text(name, value);
    }

    public JsonFields object(String name, Consumer<JsonFields> fields) {
        return write(() -> {
            generator.writeObjectFieldStart(name);
            fields.accept(this);
            generator.writeEndObject();
        });
    }

    /** An array with one object for each element. */
    public <T> JsonFields objects(String name, List<T> elements, BiConsumer<JsonFields, T> fields) {
        return write(() -> {
            generator.writeArrayFieldStart(name);
            for (T element : elements) {
                generator.writeStartObject();
                fields.accept(this, element);
                generator.writeEndObject();
            }
            generator.writeEndArray();
        });
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private JsonFields write(Step step) {
        try {
            step.run();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        return this;
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}
