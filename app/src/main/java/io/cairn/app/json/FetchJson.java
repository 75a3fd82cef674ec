package io.cairn.app.json;

import io.cairn.app.Fetch;

/** Fetches in JSON. */
public final class FetchJson {
    private FetchJson() {}

    /** How a fetch stands, as it is listed. */
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

    /** How it stands after something was done to it: {@code type} is what was done, or {@code fetch}. */
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
