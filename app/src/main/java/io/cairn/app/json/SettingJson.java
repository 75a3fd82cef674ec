package io.cairn.app.json;

import io.cairn.app.config.ConfigSources.Setting;

/** Settings in JSON: numbers as numbers, booleans as booleans, everything else as text. */
public final class SettingJson {
    private SettingJson() {}

    public static JsonObject of(Setting setting) {
        return new JsonObject(
                "setting",
                fields -> fields.text("option", setting.option())
                        .scalar("value", setting.typed())
                        .text("source", setting.source()));
    }
}
