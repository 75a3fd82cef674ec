package io.cairn.app.json;

import io.cairn.app.FetchEvent;
import io.cairn.app.FetchEvent.Cancelled;
import io.cairn.app.FetchEvent.ChunkBad;
import io.cairn.app.FetchEvent.Comparing;
import io.cairn.app.FetchEvent.Complete;
import io.cairn.app.FetchEvent.Failed;
import io.cairn.app.FetchEvent.Lookup;
import io.cairn.app.FetchEvent.ManifestArrived;
import io.cairn.app.FetchEvent.Obstacle;
import io.cairn.app.FetchEvent.Paused;
import io.cairn.app.FetchEvent.PeerChanged;
import io.cairn.app.FetchEvent.Placing;
import io.cairn.app.FetchEvent.Progress;
import io.cairn.app.FetchEvent.Queued;
import io.cairn.app.FetchEvent.Resumed;
import io.cairn.app.FetchEvent.RetriedLater;
import io.cairn.app.FetchEvent.Stopped;
import io.cairn.app.FetchEvent.Updated;
import io.cairn.app.FetchEvent.Verified;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The events of a fetch in JSON. Each object has the hash, since several fetches may share one stream. */
public final class FetchEventJson {
    private FetchEventJson() {}

    /** An event of a fetch. */
    public static JsonObject of(Key hash, FetchEvent event) {
        if (event instanceof Queued queued) {
            return phase(
                    hash,
                    "queued",
                    fields -> fields.number("ahead", queued.ahead()).constant("waitsFor", queued.waitsFor()));
        } else if (event instanceof RetriedLater later) {
            return phase(
                    hash,
                    "waiting",
                    fields -> fields.text("why", later.why()).number("waitMillis", later.waitMillis()));
        } else if (event instanceof Lookup lookup) {
            return phase(
                    hash,
                    "lookup",
                    fields -> fields.number("asked", lookup.asked())
                            .number("answered", lookup.answered())
                            .number("providers", lookup.providers()));
        } else if (event instanceof Obstacle obstacle) {
            return phase(
                    hash,
                    "obstacle",
                    fields -> ErrorJson.advice(fields.text("why", obstacle.why()), obstacle.next())
                            .text("next", obstacle.next().text()));
        } else if (event instanceof Comparing there) {
            return phase(
                    hash,
                    "comparing",
                    fields ->
                            fields.text("path", there.target().toAbsolutePath().normalize()));
        } else if (event instanceof ManifestArrived manifest) {
            return phase(
                    hash,
                    "manifest",
                    fields -> fields.text("name", manifest.name())
                            .number("size", manifest.size())
                            .number("chunks", manifest.chunks())
                            .text("from", manifest.from())
                            .number("resumedBytes", manifest.resumedBytes()));
        } else if (event instanceof Placing placing) {
            return phase(hash, "placing", fields -> fields.number("chunks", placing.chunks()));
        } else if (event instanceof Paused) {
            return phase(hash, "paused", fields -> {});
        } else if (event instanceof Resumed) {
            return phase(hash, "resumed", fields -> {});
        } else if (event instanceof Stopped) {
            return phase(hash, "stopped", fields -> {});
        } else if (event instanceof Cancelled) {
            return phase(hash, "cancelled", fields -> {});
        } else if (event instanceof Failed failed) {
            return phase(
                    hash,
                    "failed",
                    fields -> ErrorJson.reason(
                                    fields.text("why", failed.failure().why())
                                            .constant("kind", failed.failure().kind()),
                                    failed.failure())
                            .text("what", failed.failure().getMessage())
                            .text("next", failed.failure().next()));
        } else if (event instanceof Verified verified) {
            return phase(hash, "verified", fields -> fields.number("chunks", verified.chunks()));
        } else if (event instanceof Progress progress) {
            return line(
                    hash,
                    "progress",
                    fields -> fields.number("verifiedBytes", progress.verifiedBytes())
                            .number("totalBytes", progress.totalBytes())
                            .number("chunks", progress.chunks())
                            .number("chunkCount", progress.chunkCount())
                            .number("bytesPerSecond", progress.bytesPerSecond())
                            .number("peerCount", progress.peers())
                            .number("etaMillis", progress.etaMillis()));
        } else if (event instanceof PeerChanged peer) {
            return PeerJson.of(hash, peer);
        } else if (event instanceof ChunkBad bad) {
            return line(
                    hash,
                    "chunk_bad",
                    fields -> fields.number("chunk", bad.chunk())
                            .text("node", bad.node())
                            .text("endpoint", bad.endpoint()));
        }
        return complete((Complete) event);
    }

    /** The end of a fetch. */
    public static JsonObject complete(Complete complete) {
        return line(complete.hash(), "complete", fields -> {
            write(fields, complete);
            Updated updated = complete.updated();
            if (updated != null) {
                fields.object("updated", inside -> write(inside, updated));
            }
        });
    }

    private static void write(JsonFields fields, Complete complete) {
        fields.text("name", complete.name())
                .text("path", complete.path().toAbsolutePath().normalize())
                .number("size", complete.size())
                .number("chunks", complete.chunks())
                .number("millis", complete.millis())
                .objects("peers", complete.peers(), PeerJson::contribution)
                .number("badChunks", complete.badChunks())
                .bool("alreadyThere", complete.alreadyThere())
                .objects(
                        "substituted",
                        List.copyOf(complete.substituted().entrySet()),
                        (object, name) -> object.text("path", name.getKey()).text("name", name.getValue()));
    }

    /**
     * Reads an event.
     *
     * @throws IllegalArgumentException if it is none that this version knows
     */
    public static FetchEvent read(JsonTree json) {
        return switch (json.type()) {
            case "phase" -> readPhase(json);
            case "progress" ->
                new Progress(
                        json.number("verifiedBytes"),
                        json.number("totalBytes"),
                        json.integer("chunks"),
                        json.integer("chunkCount"),
                        json.number("bytesPerSecond"),
                        json.integer("peerCount"),
                        json.number("etaMillis"));
            case "peer" -> PeerJson.readChange(json);
            case "chunk_bad" ->
                new ChunkBad(json.integer("chunk"), json.value("node", NodeId::fromHex), json.endpoint("endpoint"));
            case "complete" -> readComplete(json);
            default -> throw new IllegalArgumentException("no event of a fetch: " + json.type());
        };
    }

    private static FetchEvent readPhase(JsonTree json) {
        return switch (json.text("phase")) {
            case "queued" -> new Queued(json.integer("ahead"), json.constant("waitsFor", Queued.For.class));
            case "waiting" -> new RetriedLater(json.text("why"), json.number("waitMillis"));
            case "lookup" -> new Lookup(json.integer("asked"), json.integer("answered"), json.integer("providers"));
            case "obstacle" -> new Obstacle(json.text("why"), ErrorJson.readAdvice(json));
            case "comparing" -> new Comparing(json.value("path", Path::of));
            case "manifest" ->
                new ManifestArrived(
                        json.text("name"),
                        json.number("size"),
                        json.integer("chunks"),
                        json.value("from", NodeId::fromHex),
                        json.number("resumedBytes"));
            case "placing" -> new Placing(json.integer("chunks"));
            case "paused" -> new Paused();
            case "resumed" -> new Resumed();
            case "stopped" -> new Stopped();
            case "cancelled" -> new Cancelled();
            case "failed" -> new Failed(ErrorJson.read(json));
            case "verified" -> new Verified(json.integer("chunks"));
            default -> throw new IllegalArgumentException("no phase of a fetch: " + json.text("phase"));
        };
    }

    /** Reads the end of a fetch. */
    public static Complete readComplete(JsonTree json) {
        Map<String, String> substituted = new LinkedHashMap<>();
        json.objects("substituted").forEach(file -> substituted.put(file.text("path"), file.text("name")));
        return new Complete(
                json.value("hash", Key::fromHex),
                json.text("name"),
                json.value("path", Path::of),
                json.number("size"),
                json.integer("chunks"),
                json.number("millis"),
                json.objects("peers").stream().map(PeerJson::readContribution).toList(),
                json.integer("badChunks"),
                json.bool("alreadyThere"),
                substituted,
                json.has("updated") ? readUpdated(json.child("updated")) : null);
    }

    private static void write(JsonFields fields, Updated updated) {
        fields.number("chunksFetched", updated.chunksFetched())
                .number("chunksReused", updated.chunksReused())
                .number("filesPlaced", updated.filesPlaced())
                .number("filesRemoved", updated.filesRemoved())
                .texts("conflicts", updated.conflicts());
    }

    private static Updated readUpdated(JsonTree json) {
        return new Updated(
                json.integer("chunksFetched"),
                json.integer("chunksReused"),
                json.integer("filesPlaced"),
                json.integer("filesRemoved"),
                json.texts("conflicts").stream().map(Path::of).toList());
    }

    private static JsonObject phase(Key hash, String phase, Consumer<JsonFields> more) {
        return line(hash, "phase", fields -> more.accept(fields.text("phase", phase)));
    }

    private static JsonObject line(Key hash, String type, Consumer<JsonFields> more) {
        return new JsonObject(type, fields -> more.accept(fields.text("hash", hash)));
    }
}
