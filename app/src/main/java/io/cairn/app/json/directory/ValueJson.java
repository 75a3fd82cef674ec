package io.cairn.app.json.directory;

import io.cairn.app.Values;
import io.cairn.app.json.JsonFields;
import io.cairn.app.json.JsonObject;
import io.cairn.app.json.JsonTree;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Named values in JSON. Their content is in Base64, since it may be any bytes; a text stands beside it as it is. */
public final class ValueJson {
    private ValueJson() {}

    /** A value to write, without its name, which stands in the path of the request. */
    public static JsonObject of(Values.Put put) {
        return new JsonObject("value_to_write", fields -> {
            fields.text("base64", base64(put.content()));
            Long expected = put.ifSequence();
            if (expected != null) {
                fields.number("ifSequence", expected);
            }
        });
    }

    /** @throws IllegalArgumentException if the content is missing or not in Base64 */
    public static Values.Put readPut(String name, JsonTree json) {
        return new Values.Put(name, content(json), json.has("ifSequence") ? json.number("ifSequence") : null);
    }

    /** A value that was written. */
    public static JsonObject of(Values.Written written) {
        return new JsonObject(
                "put",
                fields -> stored(
                        name(fields, written.name())
                                .number("sequence", written.sequence())
                                .number("size", written.bytes()),
                        written));
    }

    public static Values.Written readWritten(JsonTree json) {
        return new Values.Written(
                readName(json),
                json.number("sequence"),
                json.integer("size"),
                json.integer("storedOn"),
                json.integer("targets"));
    }

    /** A value that was written and points to a share. */
    public static JsonObject published(Values.Written written, Key hash) {
        return new JsonObject(
                "published",
                fields -> stored(
                        name(fields, written.name()).text("hash", hash).number("sequence", written.sequence()),
                        written));
    }

    /** A value that was read. */
    public static JsonObject of(Values.Read read) {
        return new JsonObject("value", fields -> {
            name(fields, read.name())
                    .number("sequence", read.sequence())
                    .number("ageMillis", read.ageMillis())
                    .number("size", read.content().remaining());
            text(read.content()).ifPresent(text -> fields.text("value", text));
            fields.text("base64", base64(read.content()));
        });
    }

    public static Values.Read readRead(JsonTree json) {
        return new Values.Read(readName(json), content(json), json.number("sequence"), json.number("ageMillis"));
    }

    private static JsonFields name(JsonFields fields, Values.Name name) {
        return fields.text("publisher", name.publisher()).text("name", name.name());
    }

    private static Values.Name readName(JsonTree json) {
        return new Values.Name(json.text("name"), json.value("publisher", NodeId::fromHex));
    }

    private static void stored(JsonFields fields, Values.Written written) {
        fields.number("storedOn", written.storedOn()).number("targets", written.targets());
    }

    private static ByteBuffer content(JsonTree json) {
        return ByteBuffer.wrap(json.value("base64", Base64.getDecoder()::decode));
    }

    private static String base64(ByteBuffer content) {
        return StandardCharsets.US_ASCII
                .decode(Base64.getEncoder().encode(content.duplicate()))
                .toString();
    }

    private static Optional<String> text(ByteBuffer content) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(content.duplicate())
                    .toString());
        } catch (CharacterCodingException otherBytes) {
            return Optional.empty();
        }
    }
}
