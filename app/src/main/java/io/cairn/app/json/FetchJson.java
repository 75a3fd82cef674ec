package io.cairn.app.json;

import io.cairn.app.Fetch;

/** Fetches in JSON. */
public final class FetchJson {
    private FetchJson() {}

    /** The status of a fetch, as listed. */
    public static JsonObject of(Fetch fetch) {
        Fetch.Status status = fetch.status();
        return new JsonObject(
                "fetch",
                fields -> standing(fields, fetch, status)
                        .number("chunks", status.chunks())
                        .number("chunkCount", status.chunkCount())
                        .number("peerCount", status.peers())
                        .number("bytesPerSecond", status.bytesPerSecond())
                        .text("path", status.target()));
    }

    /** The status of a fetch after an action; {@code type} is the action, or {@code fetch}. */
    public static JsonObject changed(String type, Fetch fetch, Fetch.Status status) {
        return new JsonObject(type, fields -> standing(fields, fetch, status));
    }

    private static JsonFields standing(JsonFields fields, Fetch fetch, Fetch.Status status) {
        return fields.text("hash", fetch.hash())
                .text("name", status.name())
                .text("state", status.state().text())
                .number("verifiedBytes", status.verifiedBytes())
                .number("totalBytes", status.totalBytes());
    }
}
