package io.cairn.control.http;

import io.cairn.app.Node;
import io.cairn.app.json.JsonObject;
import io.cairn.app.json.JsonTree;
import io.cairn.dht.id.NodeId;
import java.time.Instant;

/**
 * The process that is the node of a data directory.
 *
 * @param port of the node, UDP and TCP
 * @param version of the program that runs
 * @param mode what it was started as: {@code daemon}, {@code shell}, or a verb
 * @param startedMillis wall-clock milliseconds since 1970
 */
public record ProcessStatus(NodeId node, int port, long pid, String version, String mode, long startedMillis) {
    /** This process, with a node of its own. */
    public static ProcessStatus ofThis(Node.NodeInfo node, String mode) {
        ProcessHandle self = ProcessHandle.current();
        return new ProcessStatus(
                node.node(),
                node.port(),
                self.pid(),
                node.version(),
                mode,
                self.info().startInstant().orElseGet(Instant::now).toEpochMilli());
    }

    /** Whether it stays when the commands that use it have ended. */
    public boolean isDaemon() {
        return mode.equals("daemon");
    }

    public JsonObject json() {
        return new JsonObject(
                "status",
                fields -> fields.bool("running", true)
                        .text("node", node)
                        .number("port", port)
                        .number("pid", pid)
                        .text("version", version)
                        .text("mode", mode)
                        .number("startedMillis", startedMillis));
    }

    /** @throws IllegalArgumentException if a field is missing or wrong */
    public static ProcessStatus read(JsonTree json) {
        return new ProcessStatus(
                json.value("node", NodeId::fromHex),
                json.integer("port"),
                json.number("pid"),
                json.text("version"),
                json.text("mode"),
                json.number("startedMillis"));
    }
}
