package io.cairn.app.json;

import io.cairn.app.Fetch;
import io.cairn.app.FetchOptions;
import io.cairn.dht.id.Key;

/** Fetches in JSON. */
public final class FetchJson {
    private FetchJson() {}

    /** The status of a fetch, as listed. */
    public static JsonObject of(Fetch fetch) {
        return of(fetch.options(), fetch.status());
    }

    /** The same of a fetch that no node holds now. */
    public static JsonObject of(FetchOptions options, Fetch.Status status) {
        return new JsonObject(
                "fetch",
                fields -> standing(fields, options.target().hash(), status)
                        .number("chunks", status.chunks())
                        .number("chunkCount", status.chunkCount())
                        .number("peerCount", status.peers())
                        .number("bytesPerSecond", status.bytesPerSecond())
                        .text("path", status.target()));
    }

    /** The status of a fetch after an action; {@code type} is the action, or {@code fetch}. */
    public static JsonObject changed(String type, Fetch fetch, Fetch.Status status) {
        return new JsonObject(type, fields -> standing(fields, fetch.hash(), status));
    }

    private static JsonFields standing(JsonFields fields, Key hash, Fetch.Status status) {
        return fields.text("hash", hash)
                .text("name", status.name())
                .text("state", status.state().text())
                .number("verifiedBytes", status.verifiedBytes())
                .number("totalBytes", status.totalBytes());
    }
}
