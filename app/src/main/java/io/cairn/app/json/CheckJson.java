package io.cairn.app.json;

import io.cairn.app.Check;
import java.util.List;
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
        return new JsonObject("check", fields -> write(fields, check));
    }

    /** All findings, in the order in which the checks ended. */
    public static JsonObject all(List<Check> checks) {
        return new JsonObject("checks", fields -> fields.objects("checks", checks, CheckJson::write));
    }

    /** @throws IllegalArgumentException if they are not checks */
    public static List<Check> readAll(JsonTree json) {
        return json.objects("checks").stream().map(CheckJson::read).toList();
    }

    private static void write(JsonFields fields, Check check) {
        fields.text("name", check.name())
                .text("level", check.level().text())
                .text("detail", check.detail())
                .text("next", check.next());
    }
}
