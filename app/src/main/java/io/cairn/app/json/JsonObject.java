package io.cairn.app.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/**
 * One JSON object with its type, written with Jackson's generator: no reflection, so it costs nothing at the start.
 *
 * @param type the first field
 */
public record JsonObject(String type, Consumer<JsonFields> fields) {
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
