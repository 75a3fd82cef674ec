package io.cairn.app.json;

import io.cairn.app.FetchState;
import io.cairn.app.Node.CatalogueStatistics;
import io.cairn.app.Node.ChunkStatistics;
import io.cairn.app.Node.NodeInfo;
import io.cairn.app.Node.NodeStatistics;
import io.cairn.app.SpeedLimits;
import io.cairn.dht.DhtStatistics;
import io.cairn.dht.RecordStatistics;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.measure.DurationCounts;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

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
        Map<FetchState, Integer> fetches = new TreeMap<>(statistics.fetches());
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
                    .number("roundTripP99Millis", dht.roundTrips().p99Millis())
                    .number("proofsRefused", statistics.proofsRefused())
                    .number("chunksGood", statistics.chunks().good())
                    .number("chunksBad", statistics.chunks().bad())
                    .number("listed", statistics.catalogue().listed())
                    .number("catalogueQuestions", statistics.catalogue().questions())
                    .number("catalogueRefused", statistics.catalogue().refused())
                    .number("catalogueKnown", statistics.catalogue().known());
            fields.objects(
                    "dropped",
                    List.copyOf(dropped.entrySet()),
                    (object, entry) -> object.text("reason", entry.getKey()).number("count", entry.getValue()));
            fields.objects(
                    "fetches",
                    List.copyOf(fetches.entrySet()),
                    (object, entry) ->
                            object.text("state", entry.getKey().text()).number("count", entry.getValue()));
            durations(fields, "lookupDurations", dht.times().lookups());
            durations(fields, "roundTripDurations", dht.times().roundTrips());
            durations(fields, "storeDurations", dht.times().stores());
            durations(fields, "chunkDurations", statistics.chunks().deliveries());
        });
    }

    /** A histogram: its buckets that are not empty, each with its number. */
    private static void durations(JsonFields fields, String name, DurationCounts durations) {
        List<Integer> filled = IntStream.range(0, DurationCounts.buckets())
                .filter(bucket -> durations.count(bucket) > 0)
                .boxed()
                .toList();
        fields.object(
                name,
                object -> object.number("sumMillis", durations.sumMillis())
                        .objects(
                                "buckets",
                                filled,
                                (bucket, number) -> bucket.number("bucket", number)
                                        .decimal("atMostMillis", DurationCounts.boundMillis(number))
                                        .number("count", durations.count(number))));
    }

    public static NodeStatistics readStatistics(JsonTree json) {
        Map<FetchState, Integer> fetches = new EnumMap<>(FetchState.class);
        for (JsonTree state : json.objects("fetches")) {
            fetches.put(
                    state.value("state", text -> FetchState.valueOf(text.toUpperCase(Locale.ROOT))),
                    state.integer("count"));
        }
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
                json.number("uptimeMillis"),
                json.numberOr("proofsRefused", 0),
                new ChunkStatistics(
                        json.number("chunksGood"), json.number("chunksBad"), readDurations(json, "chunkDurations")),
                fetches,
                new CatalogueStatistics(
                        json.integer("listed"),
                        json.number("catalogueQuestions"),
                        json.number("catalogueRefused"),
                        json.integer("catalogueKnown")));
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
                new DhtStatistics.Times(
                        readDurations(json, "lookupDurations"),
                        readDurations(json, "roundTripDurations"),
                        readDurations(json, "storeDurations")),
                json.number("networkSize"),
                dropped);
    }

    /** The bounds of the buckets are for people: both sides have the same. */
    private static DurationCounts readDurations(JsonTree json, String name) {
        JsonTree durations = json.child(name);
        long[] counts = new long[DurationCounts.buckets()];
        for (JsonTree bucket : durations.objects("buckets")) {
            int number = bucket.integer("bucket");
            if (number < 0 || number >= counts.length) {
                throw new IllegalArgumentException(name + " has no bucket " + number);
            }
            counts[number] = bucket.number("count");
        }
        return new DurationCounts(counts, durations.number("sumMillis"));
    }
}
