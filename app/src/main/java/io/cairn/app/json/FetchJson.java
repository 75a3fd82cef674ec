package io.cairn.app.json;

import io.cairn.app.Fetch;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchState;
import io.cairn.dht.id.Key;
import java.nio.file.Path;

/** Fetches in JSON. */
public final class FetchJson {
    private FetchJson() {}

    /**
     * A fetch as listed.
     *
     * @param id by which the node that runs it knows it
     */
    public record Listed(long id, FetchOptions options, Fetch.Status status) {}

    /** The request and the status of a fetch, as listed. */
    public static JsonObject of(Fetch fetch) {
        return of(fetch.options(), fetch.status());
    }

    /** The same of a fetch that no node holds now. */
    public static JsonObject of(FetchOptions options, Fetch.Status status) {
        return new JsonObject("fetch", fields -> listed(fields, options, status));
    }

    /** The same with the id by which the node knows the fetch. */
    public static JsonObject of(Fetch fetch, long id) {
        return of(new Listed(id, fetch.options(), fetch.status()));
    }

    public static JsonObject of(Listed fetch) {
        return new JsonObject(
                "fetch",
                fields -> listed(fields, fetch.options(), fetch.status()).number("id", fetch.id()));
    }

    /** The status of a fetch after an action; {@code type} is the action, or {@code fetch}. */
    public static JsonObject changed(String type, Fetch fetch, Fetch.Status status) {
        return new JsonObject(type, fields -> status(fields, fetch.hash(), status));
    }

    /** A fetch with its id. */
    public static Listed read(JsonTree json) {
        return new Listed(json.number("id"), FetchOptionsJson.readWritten(json.child("options")), readStatus(json));
    }

    /** The status of a fetch, as listed or after an action. */
    public static Fetch.Status readStatus(JsonTree json) {
        return new Fetch.Status(
                json.text("name"),
                json.constant("state", FetchState.class),
                json.number("verifiedBytes"),
                json.number("totalBytes"),
                json.integer("chunks"),
                json.integer("chunkCount"),
                json.integer("peerCount"),
                json.number("bytesPerSecond"),
                json.value("path", Path::of));
    }

    private static JsonFields listed(JsonFields fields, FetchOptions options, Fetch.Status status) {
        return status(fields, options.target().hash(), status)
                .object("options", object -> FetchOptionsJson.write(object, options));
    }

    private static JsonFields status(JsonFields fields, Key hash, Fetch.Status status) {
        return fields.text("hash", hash)
                .text("name", status.name())
                .text("state", status.state().text())
                .number("verifiedBytes", status.verifiedBytes())
                .number("totalBytes", status.totalBytes())
                .number("chunks", status.chunks())
                .number("chunkCount", status.chunkCount())
                .number("peerCount", status.peers())
                .number("bytesPerSecond", status.bytesPerSecond())
                .text("path", status.target());
    }
}
