package io.cairn.app.json;

import io.cairn.app.VerifyReport.BadChunk;
import io.cairn.app.VerifyReport.WrongSize;
import io.cairn.dht.id.Key;

/** The differences between files and their share, in JSON. */
public final class VerifyJson {
    private VerifyJson() {}

    public static JsonObject of(Key hash, BadChunk bad) {
        return new JsonObject(
                "chunk_bad",
                fields -> fields.text("hash", hash)
                        .number("chunk", bad.chunk())
                        .number("offset", bad.offset())
                        .number("length", bad.length())
                        .texts("files", bad.files()));
    }

    public static JsonObject of(Key hash, WrongSize wrong) {
        return new JsonObject(
                "wrong_size",
                fields -> fields.text("hash", hash)
                        .text("file", wrong.file())
                        .number("size", wrong.actualBytes())
                        .number("expectedSize", wrong.expectedBytes()));
    }

    public static JsonObject missing(Key hash, String file) {
        return new JsonObject("missing", fields -> fields.text("hash", hash).text("file", file));
    }
}
