package io.cairn.shell.command.transfer;

import io.cairn.app.FetchEvent;
import io.cairn.app.Follows.FollowEvent;
import io.cairn.app.json.FetchEventJson;
import io.cairn.app.json.directory.FollowJson;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.output.Sizes;
import io.cairn.shell.session.Names;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reports a followed copy: the fetch of each version, and then one line on stdout. Called on a thread of the node. */
final class FollowReport implements Consumer<FollowEvent> {
    private final Output output;
    private final Names names;
    private @Nullable FetchReport fetch;

    FollowReport(Output output, Names names) {
        this.output = output;
        this.names = names;
    }

    @Override
    public synchronized void accept(FollowEvent event) {
        if (event instanceof FollowEvent.Newer newer) {
            output.json(FollowJson.of(newer));
            output.stage(
                    "version", newer.hash() + " of " + Plain.line(newer.name().name()));
            fetch = new FetchReport(output, names, newer.hash());
        } else if (event instanceof FollowEvent.Fetching fetching && fetch != null) {
            if (!(fetching.event() instanceof FetchEvent.Comparing)) { // it is known what the copy holds
                fetch.accept(fetching.event());
            }
        } else if (event instanceof FollowEvent.Delayed delayed) {
            output.endProgress();
            output.json(FollowJson.of(delayed));
            output.warning("not up to date: " + Plain.line(delayed.cause().why()) + "; trying again in "
                    + Sizes.count(delayed.retrySeconds(), "second"));
        } else if (event instanceof FollowEvent.UpToDate version) {
            upToDate(version);
        }
    }

    private void upToDate(FollowEvent.UpToDate version) {
        output.endProgress();
        FetchEvent.Complete complete = version.complete();
        Path path = complete.path().toAbsolutePath().normalize();
        output.stage("now", changes(complete));
        FetchEvent.Updated updated = complete.updated();
        if (updated != null) {
            updated.conflicts()
                    .forEach(kept -> output.warning("your own version is kept as " + Plain.line(kept.toString())));
        }
        output.data(version.hash() + "  " + Plain.line(path.toString()));
        output.json(FetchEventJson.complete(complete));
        output.json(FollowJson.upToDate(version));
    }

    private static String changes(FetchEvent.Complete complete) {
        FetchEvent.Updated updated = complete.updated();
        if (complete.alreadyThere() || updated == null && complete.peers().isEmpty()) {
            return "up to date";
        }
        if (updated == null) {
            return "up to date, " + Sizes.bytes(complete.size()) + " fetched";
        }
        List<String> parts = new ArrayList<>();
        parts.add("up to date");
        if (updated.filesPlaced() > 0) {
            parts.add(Sizes.count(updated.filesPlaced(), "file") + " new or changed");
            parts.add(Sizes.count(updated.chunksFetched(), "chunk") + " fetched");
            parts.add(Sizes.count(updated.chunksReused(), "chunk") + " copied from here");
        }
        if (updated.filesRemoved() > 0) {
            parts.add(Sizes.count(updated.filesRemoved(), "file") + " removed");
        }
        return String.join(", ", parts);
    }
}
