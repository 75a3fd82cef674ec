package io.cairn.app.json;

import io.cairn.app.Verifier.VerifyReport;
import io.cairn.app.Verifier.VerifyReport.BadChunk;
import io.cairn.app.Verifier.VerifyReport.WrongSize;
import io.cairn.dht.id.Key;

/** The differences between files and their share, in JSON. */
public final class VerifyJson {
    private VerifyJson() {}

    public static JsonObject of(Key hash, BadChunk bad) {
        return new JsonObject("chunk_bad", fields -> bad(fields.text("hash", hash), bad));
    }

    public static JsonObject of(Key hash, WrongSize wrong) {
        return new JsonObject("wrong_size", fields -> wrong(fields.text("hash", hash), wrong));
    }

    public static JsonObject missing(Key hash, String file) {
        return new JsonObject("missing", fields -> fields.text("hash", hash).text("file", file));
    }

    /** All differences as one object. */
    public static JsonObject of(VerifyReport report) {
        return new JsonObject("differences", fields -> write(fields, report));
    }

    public static VerifyReport read(JsonTree json) {
        return new VerifyReport(
                json.objects("bad").stream().map(VerifyJson::readBad).toList(),
                json.integer("chunks"),
                json.texts("missing"),
                json.objects("wrongSizes").stream().map(VerifyJson::readWrong).toList(),
                json.texts("extra"));
    }

    static void write(JsonFields fields, VerifyReport report) {
        fields.number("chunks", report.chunks())
                .objects("bad", report.bad(), VerifyJson::bad)
                .objects("wrongSizes", report.wrongSizes(), VerifyJson::wrong)
                .texts("missing", report.missing())
                .texts("extra", report.extra());
    }

    private static void bad(JsonFields fields, BadChunk bad) {
        fields.number("chunk", bad.chunk())
                .number("offset", bad.offset())
                .number("length", bad.length())
                .texts("files", bad.files());
    }

    private static BadChunk readBad(JsonTree json) {
        return new BadChunk(json.integer("chunk"), json.number("offset"), json.integer("length"), json.texts("files"));
    }

    private static void wrong(JsonFields fields, WrongSize wrong) {
        fields.text("file", wrong.file())
                .number("size", wrong.actualBytes())
                .number("expectedSize", wrong.expectedBytes());
    }

    private static WrongSize readWrong(JsonTree json) {
        return new WrongSize(json.text("file"), json.number("expectedSize"), json.number("size"));
    }
}
