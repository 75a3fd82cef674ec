package io.cairn.control.http;

import io.cairn.app.json.JsonObject;
import io.cairn.app.json.JsonTree;
import io.cairn.transfer.content.OddEntries;
import io.cairn.transfer.content.ShareOptions;
import java.nio.file.Path;
import java.util.List;

/** What to share, and how. */
public record ShareRequest(Path path, ShareOptions options) {
    public JsonObject json() {
        return new JsonObject(
                "share",
                fields -> fields.text("path", Absolute.text(path))
                        .texts("exclude", options.exclude())
                        .text("odd", NamedConstant.text(options.odd()))
                        .bool("times", options.times()));
    }

    /** @throws IllegalArgumentException if a field is missing or wrong */
    public static ShareRequest read(JsonTree json) {
        ShareOptions usual = ShareOptions.DEFAULT;
        return new ShareRequest(
                json.value("path", Absolute::path),
                new ShareOptions(
                        json.has("exclude") ? json.texts("exclude") : List.of(),
                        json.has("odd")
                                ? json.value("odd", text -> NamedConstant.read(OddEntries.class, text))
                                : usual.odd(),
                        json.boolOr("times", usual.times())));
    }
}
