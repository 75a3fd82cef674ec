package io.cairn.shell.command.transfer;

import io.cairn.app.FetchEvent;
import io.cairn.app.FetchEvent.ChunkBad;
import io.cairn.app.FetchEvent.Comparing;
import io.cairn.app.FetchEvent.Complete;
import io.cairn.app.FetchEvent.Lookup;
import io.cairn.app.FetchEvent.ManifestArrived;
import io.cairn.app.FetchEvent.Obstacle;
import io.cairn.app.FetchEvent.PeerChanged;
import io.cairn.app.FetchEvent.Placing;
import io.cairn.app.FetchEvent.Progress;
import io.cairn.app.FetchEvent.Queued;
import io.cairn.app.FetchEvent.Verified;
import io.cairn.app.json.FetchEventJson;
import io.cairn.dht.id.Key;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.output.Sizes;
import io.cairn.shell.session.Names;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reports a fetch in text. A terminal shows a running look-up in place; elsewhere, its first and last state each get a line. Called on a
 * thread of the node and by the waiting command.
 */
final class FetchReport implements Consumer<FetchEvent> {
    private final Output output;
    private final Names names;
    private final Key hash;
    private @Nullable String lookup;
    private @Nullable String lookupPrinted;
    private boolean comparing;
    private boolean isQueued;

    FetchReport(Output output, Names names, Key hash) {
        this.output = output;
        this.names = names;
        this.hash = hash;
        output.waiting("fetch", "starts");
    }

    @Override
    public synchronized void accept(FetchEvent event) {
        if (!(event instanceof Complete)) {
            output.json(FetchEventJson.of(hash, event));
        }
        if (event instanceof Queued queued) {
            queued(queued);
        } else if (event instanceof Lookup stage) {
            lookup(stage);
        } else if (event instanceof Obstacle obstacle) {
            output.stage("so far", Plain.line(obstacle.why()));
        } else if (event instanceof Comparing there) {
            settleLookup();
            comparing = true;
            output.stage("compare", path(there.target()) + " is there already; is it this share?");
        } else if (event instanceof ManifestArrived manifest) {
            settleLookup();
            output.stage(
                    "manifest",
                    Plain.line(manifest.name()) + ", " + Sizes.count(manifest.chunks(), "chunk") + ", from "
                            + names.shown(manifest.from()));
            if (manifest.resumedBytes() > 0) {
                output.stage(
                        comparing ? "found" : "resumed", Sizes.bytes(manifest.resumedBytes()) + " were here already");
            }
            comparing = false;
            output.waiting("chunks", "asking peers for them");
        } else if (event instanceof Placing) {
            output.waiting("placing", "moving it to its place");
        } else if (event instanceof Progress progress) {
            if (comparing) {
                output.progress("comparing", progress.verifiedBytes(), progress.totalBytes());
            } else if (progress.totalBytes() > 0) {
                output.progress(progress);
            }
        } else if (event instanceof PeerChanged peer) {
            if (output.isVerbose()) {
                output.stage("peer", peerText(peer));
            }
        } else if (event instanceof ChunkBad bad) {
            output.warning("bad chunk " + bad.chunk() + " from " + names.shown(bad.node()) + " at " + bad.endpoint()
                    + ", fetching it again");
        } else if (event instanceof Verified verified) {
            output.endProgress();
            String all = Sizes.count(verified.chunks());
            output.stage("verified", all + "/" + all + " chunks (SHA-1 and SHA-256)");
        }
    }

    /** Reports the end. The command calls this, so that nothing follows it. */
    synchronized void complete(Complete complete) {
        output.endProgress();
        if (output.isVerbose()) {
            complete.peers()
                    .forEach(peer -> output.stage(
                            "from",
                            names.shown(peer.node()) + "  " + peer.endpoint() + "  "
                                    + Sizes.count(peer.chunks(), "chunk") + "  " + Sizes.bytes(peer.bytes())));
        }
        String path = path(complete.path());
        if (complete.alreadyThere()) {
            output.stage("there", path + " is this share already; nothing was fetched");
        } else {
            output.stage("saved", path);
        }
        substituted(complete);
        if (!output.isOneScreen()) {
            output.data(path);
        }
        output.json(FetchEventJson.complete(complete));
    }

    private void substituted(Complete complete) {
        complete.substituted().entrySet().stream().findFirst().ifPresent(first -> {
            int more = complete.substituted().size() - 1;
            output.warning("this file system cannot hold every name: " + Plain.line(first.getKey()) + " is saved as "
                    + Plain.line(first.getValue()) + (more == 0 ? "" : ", and " + Sizes.count(more) + " more like it"));
        });
    }

    private static String path(Path path) {
        return Plain.line(path.toAbsolutePath().normalize().toString());
    }

    private void queued(Queued place) {
        String text = switch (place.waitsFor()) {
            case SLOT -> "begins when fewer are under way; " + Sizes.count(place.ahead()) + " before it";
            case HASH -> "begins when this node has done what it does with this share now";
        };
        if (!output.isAnimated() && !isQueued) {
            output.stage("queued", text);
        }
        isQueued = true;
        output.transientStage("queued", text);
    }

    private void lookup(Lookup stage) {
        String text = "asked " + Sizes.count(stage.asked(), "node") + ", " + Sizes.count(stage.providers(), "provider");
        lookup = text;
        if (!output.isAnimated() && lookupPrinted == null) {
            lookupPrinted = text;
            output.stage("lookup", text);
        }
        output.transientStage("lookup", text);
    }

    private void settleLookup() {
        output.endProgress();
        if (lookup != null && !lookup.equals(lookupPrinted)) {
            output.stage("lookup", lookup);
            lookupPrinted = lookup;
        }
    }

    private String peerText(PeerChanged peer) {
        String text = names.shown(peer.node()) + "  " + peer.endpoint() + "  "
                + peer.state().text();
        return peer.reason().isEmpty() ? text : text + ": " + Plain.line(peer.reason());
    }
}
