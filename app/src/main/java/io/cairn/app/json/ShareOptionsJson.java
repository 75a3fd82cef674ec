package io.cairn.app.json;

import io.cairn.transfer.content.OddEntries;
import io.cairn.transfer.content.ShareLayout;
import io.cairn.transfer.content.ShareOptions;
import java.nio.file.Path;

/** The request to share a path, in JSON. */
public final class ShareOptionsJson {
    private ShareOptionsJson() {}

    /** The path becomes absolute. */
    public static JsonObject of(Path path, ShareOptions options) {
        return new JsonObject(
                "share_options",
                fields -> fields.text("path", path.toAbsolutePath())
                        .texts("exclude", options.exclude())
                        .constant("odd", options.odd())
                        .constant("layout", options.layout())
                        .bool("times", options.times()));
    }

    /** The path to share: absolute, and required. */
    public static Path path(JsonTree json) {
        return json.path("path");
    }

    /** The options; what is missing is as in {@link ShareOptions#DEFAULT}. */
    public static ShareOptions read(JsonTree json) {
        ShareOptions otherwise = ShareOptions.DEFAULT;
        return new ShareOptions(
                json.has("exclude") ? json.texts("exclude") : otherwise.exclude(),
                json.has("odd") ? json.constant("odd", OddEntries.class) : otherwise.odd(),
                json.has("layout") ? json.constant("layout", ShareLayout.class) : otherwise.layout(),
                json.boolOr("times", otherwise.times()));
    }
}
