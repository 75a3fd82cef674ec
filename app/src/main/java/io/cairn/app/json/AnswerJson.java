package io.cairn.app.json;

import java.nio.file.Path;
import java.util.Optional;

/** Answers of one value, in JSON. */
public final class AnswerJson {
    private AnswerJson() {}

    /** The contacts of a node after its first attempt to join. */
    public static JsonObject joined(int contacts) {
        return new JsonObject("joined", fields -> fields.number("contacts", contacts));
    }

    public static int readJoined(JsonTree json) {
        return json.integer("contacts");
    }

    /** The link of a share; null if nothing is shared under that hash. */
    public static JsonObject link(Optional<String> link) {
        return new JsonObject("link", fields -> fields.text("link", link.orElse(null)));
    }

    public static Optional<String> readLink(JsonTree json) {
        return json.has("link") ? Optional.of(json.text("link")) : Optional.empty();
    }

    /** The {@code .torrent} file that was written. */
    public static JsonObject torrent(Path file) {
        return new JsonObject("torrent", fields -> fields.text("path", file));
    }

    public static Path readTorrent(JsonTree json) {
        return json.value("path", Path::of);
    }
}
