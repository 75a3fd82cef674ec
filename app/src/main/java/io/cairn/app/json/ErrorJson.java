package io.cairn.app.json;

import io.cairn.app.CairnException;
import java.util.Locale;

/** Failures in JSON. */
public final class ErrorJson {
    private ErrorJson() {}

    /**
     * @param exitCode of the program; may differ from that of the kind
     * @param what the failure in the words of the face that shows it
     * @param next the next step in these words
     */
    public static JsonObject of(CairnException failure, int exitCode, String what, String next) {
        return new JsonObject(
                "error",
                fields -> reason(
                        fields.number("code", exitCode)
                                .text("kind", kind(failure))
                                .text("what", what)
                                .text("why", failure.why())
                                .text("next", next),
                        failure));
    }

    static String kind(CairnException failure) {
        return failure.kind().name().toLowerCase(Locale.ROOT);
    }

    static JsonFields reason(JsonFields fields, CairnException failure) {
        return fields.text("reason", failure.reason().name().toLowerCase(Locale.ROOT))
                .object("facts", facts -> failure.facts().forEach(facts::scalar));
    }
}
