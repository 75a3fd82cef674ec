package io.cairn.shell.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes JSON objects, one per line, with Jackson's generator: without reflection, so it adds nothing to the start-up time. */
public final class JsonLines {
    private static final JsonFactory FACTORY =
            new JsonFactoryBuilder().characterEscapes(new HarmlessEscapes()).build();

    private JsonLines() {}

    /** One line with its line feed, in UTF-8. {@code type} comes first. */
    static byte[] line(String type, Consumer<Fields> fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
            generator.writeStartObject();
            Fields object = new Fields(generator);
            object.text("type", type);
            fields.accept(object);
            generator.writeEndObject();
            generator.writeRaw('\n');
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        return bytes.toByteArray();
    }

    /** The fields of one object, in the order they are given. */
    public static final class Fields {
        /** Whole numbers below this are exact as a double. */
        private static final double WHOLE_MAX = 1L << 53;

        private final JsonGenerator generator;

        private Fields(JsonGenerator generator) {
            this.generator = generator;
        }

        /** A string, or null. */
        public Fields text(String name, @Nullable Object value) {
            return write(() -> generator.writeStringField(name, value == null ? null : value.toString()));
        }

        public Fields number(String name, long value) {
            return write(() -> generator.writeNumberField(name, value));
        }

        /** A number with or without a fraction, or null if it is not finite. A whole number is written without a fraction. */
        public Fields decimal(String name, double value) {
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

        public Fields bool(String name, boolean value) {
            return write(() -> generator.writeBooleanField(name, value));
        }

        public Fields texts(String name, List<?> values) {
            return write(() -> {
                generator.writeArrayFieldStart(name);
                for (Object value : values) {
                    generator.writeString(value.toString());
                }
                generator.writeEndArray();
            });
        }

        /** An array with one object for each element. */
        public <T> Fields objects(String name, List<T> elements, BiConsumer<Fields, T> fields) {
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

        private Fields write(Step step) {
            try {
                step.run();
            } catch (IOException impossible) {
                throw new UncheckedIOException("writing to memory", impossible);
            }
            return this;
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}
