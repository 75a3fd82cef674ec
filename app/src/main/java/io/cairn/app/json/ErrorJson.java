package io.cairn.app.json;

import io.cairn.app.CairnException;
import java.util.Locale;

/** Failures in JSON. */
public final class ErrorJson {
    private ErrorJson() {}

    /** @param exitCode of the program; may differ from that of the kind */
    public static JsonObject of(CairnException failure, int exitCode) {
        return new JsonObject(
                "error",
                fields -> fields.number("code", exitCode)
                        .text("kind", failure.kind().name().toLowerCase(Locale.ROOT))
                        .text("what", failure.getMessage())
                        .text("why", failure.why())
                        .text("next", failure.next()));
    }
}
