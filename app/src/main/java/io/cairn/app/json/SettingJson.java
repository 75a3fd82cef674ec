package io.cairn.app.json;

import io.cairn.app.config.ConfigSources.Setting;
import java.util.Set;

/** Settings in JSON: numbers as numbers, booleans as booleans, everything else as text. */
public final class SettingJson {
    private static final Set<String> NUMBERS = Set.of("port", "fetches-at-once", "verbose");
    private static final Set<String> SWITCHES = Set.of("no-lan", "limit-lan", "json", "quiet", "verbose");

    private SettingJson() {}

    public static JsonObject of(Setting setting) {
        return new JsonObject(
                "setting",
                fields ->
                        value(fields.text("option", setting.option()), setting).text("source", setting.source()));
    }

    private static JsonFields value(JsonFields fields, Setting setting) {
        String value = setting.value();
        if (NUMBERS.contains(setting.option()) && value.matches("[0-9]{1,9}")) {
            return fields.number("value", Long.parseLong(value));
        }
        if (SWITCHES.contains(setting.option()) && value.matches("(?i)1|true|yes|on|0|false|no|off")) {
            return fields.bool("value", value.matches("(?i)1|true|yes|on"));
        }
        return fields.text("value", value);
    }
}
