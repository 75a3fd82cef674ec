package io.cairn.app.json;

import io.cairn.app.config.ConfigSources.Setting;
import io.cairn.app.config.JoinedNetworks.Joined;
import io.cairn.app.config.NetworkInvite;
import org.jspecify.annotations.Nullable;

/** Settings in JSON: numbers as numbers, booleans as booleans, everything else as text; and the private networks that were joined. */
public final class SettingJson {
    private SettingJson() {}

    public static JsonObject of(Setting setting) {
        return new JsonObject(
                "setting",
                fields -> fields.text("option", setting.option())
                        .scalar("value", setting.typed())
                        .text("source", setting.source()));
    }

    /** @param invite null unless its line, with the secret, is asked for */
    public static JsonObject of(Joined network, @Nullable NetworkInvite invite) {
        return new JsonObject("network", fields -> {
            fields.text("name", network.name()).text("file", network.file()).number("keys", network.keys());
            if (invite != null) {
                fields.text("invite", invite.line());
            }
        });
    }
}
