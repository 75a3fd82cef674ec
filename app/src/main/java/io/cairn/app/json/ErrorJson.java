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
                fields -> fields.number("code", exitCode)
                        .text("kind", failure.kind().name().toLowerCase(Locale.ROOT))
                        .text("what", what)
                        .text("why", failure.why())
                        .text("next", next)
                        .text("reason", failure.reason().name().toLowerCase(Locale.ROOT))
                        .object("facts", facts -> failure.facts().forEach(facts::textOrNumber)));
    }
}
