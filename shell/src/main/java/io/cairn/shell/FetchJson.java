package io.cairn.shell;

import io.cairn.app.FetchEvent;
import io.cairn.app.FetchEvent.Cancelled;
import io.cairn.app.FetchEvent.ChunkBad;
import io.cairn.app.FetchEvent.Comparing;
import io.cairn.app.FetchEvent.Complete;
import io.cairn.app.FetchEvent.Contribution;
import io.cairn.app.FetchEvent.Failed;
import io.cairn.app.FetchEvent.Lookup;
import io.cairn.app.FetchEvent.ManifestArrived;
import io.cairn.app.FetchEvent.Paused;
import io.cairn.app.FetchEvent.PeerChanged;
import io.cairn.app.FetchEvent.Placing;
import io.cairn.app.FetchEvent.Progress;
import io.cairn.app.FetchEvent.Queued;
import io.cairn.app.FetchEvent.Resumed;
import io.cairn.app.FetchEvent.RetriedLater;
import io.cairn.app.FetchEvent.Stopped;
import io.cairn.app.FetchEvent.Verified;
import io.cairn.dht.id.Key;
import io.cairn.shell.output.JsonLines;
import io.cairn.shell.output.Output;
import java.util.List;
import java.util.function.Consumer;

/** Tells of a fetch in JSON: a line for each event. Each says the hash, since several fetches may share one stdout. */
final class FetchJson implements Consumer<FetchEvent> {
    private final Output output;
    private final Key hash;

    FetchJson(Output output, Key hash) {
        this.output = output;
        this.hash = hash;
    }

    @Override
    public void accept(FetchEvent event) {
        if (event instanceof Queued queued) {
            phase("queued", fields -> fields.number("ahead", queued.ahead()));
        } else if (event instanceof RetriedLater later) {
            phase("waiting", fields -> fields.text("why", later.why()).number("waitMillis", later.waitMillis()));
        } else if (event instanceof Lookup lookup) {
            phase(
                    "lookup",
                    fields -> fields.number("asked", lookup.asked())
                            .number("answered", lookup.answered())
                            .number("providers", lookup.providers()));
        } else if (event instanceof Comparing there) {
            phase(
                    "comparing",
                    fields ->
                            fields.text("path", there.target().toAbsolutePath().normalize()));
        } else if (event instanceof ManifestArrived manifest) {
            phase(
                    "manifest",
                    fields -> fields.text("name", manifest.name())
                            .number("size", manifest.size())
                            .number("chunks", manifest.chunks())
                            .text("from", manifest.from())
                            .number("resumedBytes", manifest.resumedBytes()));
        } else if (event instanceof Placing placing) {
            phase("placing", fields -> fields.number("chunks", placing.chunks()));
        } else if (event instanceof Paused) {
            phase("paused", fields -> {});
        } else if (event instanceof Resumed) {
            phase("resumed", fields -> {});
        } else if (event instanceof Stopped) {
            phase("stopped", fields -> {});
        } else if (event instanceof Cancelled) {
            phase("cancelled", fields -> {});
        } else if (event instanceof Failed failed) {
            phase("failed", fields -> fields.text("why", failed.failure().why()));
        } else if (event instanceof Verified verified) {
            phase("verified", fields -> fields.number("chunks", verified.chunks()));
        } else if (event instanceof Progress progress) {
            line(
                    "progress",
                    fields -> fields.number("verifiedBytes", progress.verifiedBytes())
                            .number("totalBytes", progress.totalBytes())
                            .number("chunks", progress.chunks())
                            .number("chunkCount", progress.chunkCount())
                            .number("bytesPerSecond", progress.bytesPerSecond())
                            .number("peers", progress.peers())
                            .number("etaMillis", progress.etaMillis()));
        } else if (event instanceof PeerChanged peer) {
            line(
                    "peer",
                    fields -> fields.text("node", peer.node())
                            .text("endpoint", peer.endpoint())
                            .text("state", peer.state())
                            .text("reason", peer.reason()));
        } else if (event instanceof ChunkBad bad) {
            line(
                    "chunk_bad",
                    fields -> fields.number("chunk", bad.chunk())
                            .text("node", bad.node())
                            .text("endpoint", bad.endpoint()));
        }
    }

    void complete(Complete complete) {
        line(
                "complete",
                fields -> fields.text("name", complete.name())
                        .text("path", complete.path().toAbsolutePath().normalize())
                        .number("size", complete.size())
                        .number("chunks", complete.chunks())
                        .number("millis", complete.millis())
                        .objects("peers", complete.peers(), FetchJson::contribution)
                        .number("badChunks", complete.badChunks())
                        .bool("alreadyThere", complete.alreadyThere())
                        .objects(
                                "substituted",
                                List.copyOf(complete.substituted().entrySet()),
                                (object, name) ->
                                        object.text("path", name.getKey()).text("name", name.getValue())));
    }

    static void contribution(JsonLines.Fields object, Contribution peer) {
        object.text("node", peer.node())
                .text("endpoint", peer.endpoint())
                .number("chunks", peer.chunks())
                .number("bytes", peer.bytes());
    }

    private void phase(String phase, Consumer<JsonLines.Fields> more) {
        line("phase", fields -> more.accept(fields.text("phase", phase)));
    }

    private void line(String type, Consumer<JsonLines.Fields> more) {
        output.json(type, fields -> more.accept(fields.text("hash", hash)));
    }
}
