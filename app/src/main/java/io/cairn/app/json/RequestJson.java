package io.cairn.app.json;

import io.cairn.dht.id.Key;
import java.nio.file.Path;

/** Requests of one or two values, in JSON. */
public final class RequestJson {
    private RequestJson() {}

    /** To greet a node at {@code HOST:PORT}. */
    public static JsonObject connect(String hostAndPort) {
        return new JsonObject("connect", fields -> fields.text("address", hostAndPort));
    }

    public static String readConnect(JsonTree json) {
        return json.text("address");
    }

    /** To write a {@code .torrent} file; the path becomes absolute. */
    public static JsonObject torrent(Key hash, Path file) {
        return new JsonObject("torrent", fields -> fields.text("target", hash).text("file", file.toAbsolutePath()));
    }

    /** What the file is for, to be resolved. */
    public static String readTorrentTarget(JsonTree json) {
        return json.text("target");
    }

    public static Path readTorrentFile(JsonTree json) {
        return json.path("file");
    }
}
