package io.cairn.app.json;

import io.cairn.app.Check;
import java.util.Locale;

/** A finding of the doctor in JSON. */
public final class CheckJson {
    private CheckJson() {}

    /** @throws IllegalArgumentException if it is not a check */
    public static Check read(JsonTree json) {
        return new Check(
                json.text("name"),
                json.value("level", text -> Check.Level.valueOf(text.toUpperCase(Locale.ROOT))),
                json.text("detail"),
                json.text("next"));
    }

    public static JsonObject of(Check check) {
        return new JsonObject(
                "check",
                fields -> fields.text("name", check.name())
                        .text("level", check.level().text())
                        .text("detail", check.detail())
                        .text("next", check.next()));
    }
}
