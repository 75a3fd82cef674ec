package io.cairn.app.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object with its type, written with Jackson's generator: no reflection, so it costs nothing at the start.
 *
 * @param type the first field
 */
public record JsonObject(String type, Consumer<JsonFields> fields) {
    /** The same, with the user's name of its node as the field {@code contact}, if it has one. */
    public JsonObject ofContact(@Nullable String name) {
        return name == null
                ? this
                : new JsonObject(type, all -> {
                    fields.accept(all);
                    all.text("contact", name);
                });
    }

    /** The object as one line with its line feed, in UTF-8. */
    public byte[] line() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator generator = Factory.SHARED.createGenerator(bytes)) {
            generator.writeStartObject();
            fields.accept(new JsonFields(generator).text("type", type));
            generator.writeEndObject();
            generator.writeRaw('\n');
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        return bytes.toByteArray();
    }

    /** Loaded at the first line: a command without JSON never opens Jackson. */
    private static final class Factory {
        static final JsonFactory SHARED =
                new JsonFactoryBuilder().characterEscapes(new HarmlessEscapes()).build();
    }
}
