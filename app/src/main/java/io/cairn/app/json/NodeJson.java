package io.cairn.app.json;

import io.cairn.app.Node.NodeInfo;
import io.cairn.app.Node.NodeStatistics;
import io.cairn.app.SpeedLimits;
import io.cairn.dht.DhtStatistics;
import io.cairn.dht.RecordStatistics;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A node, its figures and its limits in JSON. */
public final class NodeJson {
    private NodeJson() {}

    /** The node is ready for use. */
    public static JsonObject ready(NodeInfo info) {
        return new JsonObject(
                "ready",
                fields -> fields.text("node", info.node())
                        .number("port", info.port())
                        .texts("addresses", info.addresses())
                        .text("network", info.network())
                        .text("version", info.version()));
    }

    /** The node's identity and addresses. */
    public static JsonObject of(NodeInfo info) {
        return new JsonObject(
                "node",
                fields -> fields.text("version", info.version())
                        .text("node", info.node())
                        .text("publicKey", info.publicKey())
                        .texts("addresses", info.addresses())
                        .number("port", info.port())
                        .text("network", info.network())
                        .bool("lan", info.lan())
                        .texts(
                                "bind",
                                info.bind().stream()
                                        .map(InetAddress::getHostAddress)
                                        .toList())
                        .texts("bootstrap", info.bootstrap())
                        .text("networkKeyFile", info.networkKeyFile())
                        .text("dataDirectory", info.dataDirectory()));
    }

    public static NodeInfo readInfo(JsonTree json) {
        return new NodeInfo(
                json.text("version"),
                json.value("node", NodeId::fromHex),
                json.value("publicKey", JsonTree::publicKey),
                json.integer("port"),
                json.endpoints("addresses"),
                json.text("network"),
                json.bool("lan"),
                json.values("bind", Endpoint::parseAddress),
                json.texts("bootstrap"),
                json.has("networkKeyFile") ? json.value("networkKeyFile", Path::of) : null,
                json.value("dataDirectory", Path::of));
    }

    public static JsonObject of(SpeedLimits limits) {
        return new JsonObject(
                "limit",
                fields -> fields.number("up", limits.up())
                        .number("down", limits.down())
                        .number("upPerPeer", limits.upPerPeer())
                        .number("downPerPeer", limits.downPerPeer())
                        .bool("lan", limits.onLan()));
    }

    /** @throws IllegalArgumentException also if a limit is out of range */
    public static SpeedLimits readLimits(JsonTree json) {
        return new SpeedLimits(
                json.number("up"),
                json.number("down"),
                json.number("upPerPeer"),
                json.number("downPerPeer"),
                json.bool("lan"));
    }

    /** Figures since its start. */
    public static JsonObject of(NodeStatistics statistics) {
        DhtStatistics dht = statistics.dht();
        RecordStatistics records = statistics.records();
        Map<String, Long> dropped = new TreeMap<>(dht.dropped());
        return new JsonObject("stats", fields -> {
            fields.number("uptimeMillis", statistics.uptimeMillis())
                    .number("receivedBytes", statistics.receivedBytes())
                    .number("sentBytes", statistics.sentBytes())
                    .number("sessions", statistics.sessions())
                    .number("contacts", dht.contacts())
                    .number("buckets", dht.buckets())
                    .number("nonEmptyBuckets", dht.nonEmptyBuckets())
                    .decimal("meanFill", dht.meanFill())
                    .number("nodesSeen", dht.nodesSeen())
                    .number("recordsHeld", dht.recordsHeld())
                    .number("recordCopies", records.copies())
                    .number("recordsDisplaced", records.displaced())
                    .number("recordsRefusedEarly", records.refusedEarly())
                    .number("batchesUnsaved", records.unsaved())
                    .number("batchesUnreadable", records.unreadable())
                    .number("saveFailures", records.saveFailures())
                    .number("saveSkipped", records.saveSkipped())
                    .number("lookups", dht.lookups())
                    .number("requestsSent", dht.requestsSent())
                    .number("requestsAnswered", dht.requestsAnswered())
                    .number("requestsReceived", dht.requestsReceived())
                    .number("datagramsSent", dht.datagramsSent())
                    .number("datagramsReceived", dht.datagramsReceived())
                    .number("networkSize", dht.networkSize())
                    .number("roundTripP50Millis", dht.roundTrips().p50Millis())
                    .number("roundTripP95Millis", dht.roundTrips().p95Millis())
                    .number("roundTripP99Millis", dht.roundTrips().p99Millis());
            fields.objects(
                    "dropped",
                    List.copyOf(dropped.entrySet()),
                    (object, entry) -> object.text("reason", entry.getKey()).number("count", entry.getValue()));
        });
    }

    public static NodeStatistics readStatistics(JsonTree json) {
        return new NodeStatistics(
                readDht(json),
                new RecordStatistics(
                        json.integer("recordsHeld"),
                        json.integer("recordCopies"),
                        json.number("recordsDisplaced"),
                        json.number("recordsRefusedEarly"),
                        json.integer("batchesUnsaved"),
                        json.number("saveFailures"),
                        json.number("saveSkipped"),
                        json.number("batchesUnreadable")),
                json.number("receivedBytes"),
                json.number("sentBytes"),
                json.integer("sessions"),
                json.number("uptimeMillis"));
    }

    private static DhtStatistics readDht(JsonTree json) {
        Map<String, Long> dropped = new HashMap<>();
        json.objects("dropped").forEach(reason -> dropped.put(reason.text("reason"), reason.number("count")));
        return new DhtStatistics(
                json.integer("contacts"),
                json.integer("buckets"),
                json.integer("nonEmptyBuckets"),
                json.decimal("meanFill"),
                json.number("nodesSeen"),
                json.integer("recordsHeld"),
                json.number("lookups"),
                json.number("requestsSent"),
                json.number("requestsAnswered"),
                json.number("requestsReceived"),
                json.number("datagramsSent"),
                json.number("datagramsReceived"),
                new DhtStatistics.RoundTripTimes(
                        json.integer("roundTripP50Millis"),
                        json.integer("roundTripP95Millis"),
                        json.integer("roundTripP99Millis")),
                json.number("networkSize"),
                dropped);
    }
}
