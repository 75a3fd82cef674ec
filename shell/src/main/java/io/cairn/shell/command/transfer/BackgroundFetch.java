package io.cairn.shell.command.transfer;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchState;
import io.cairn.app.json.FetchEventJson;
import io.cairn.dht.id.Key;
import io.cairn.shell.output.Background;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.output.Sizes;
import io.cairn.shell.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A fetch in the background: reports its manifest and its end above the line being typed, and draws its progress below it. Where nothing
 * can be drawn, reports each quarter.
 */
public final class BackgroundFetch {
    /** The hint in the shell. */
    public static final String HINT = "; fetches shows how they stand";

    private final Output output;
    private final Key hash;
    private final Background line;
    private String name;
    private int quarter;

    private BackgroundFetch(Output output, Fetch fetch) {
        this.output = output;
        this.hash = fetch.hash();
        String known = fetch.options().target().name();
        this.name = known.isEmpty() ? hash.toHex() : Plain.line(known);
        this.line = output.background(name);
    }

    /**
     * Resumes the unfinished fetches of earlier runs, and reports them.
     *
     * @param hint how to see more; empty without a shell
     */
    public static CompletableFuture<?> takeUp(Session session, String hint) {
        return session.node()
                .takeUpFetches()
                .thenAccept(fetches -> {
                    for (Fetch fetch : fetches) {
                        new BackgroundFetch(session.output(), fetch).follow(fetch);
                    }
                    if (!fetches.isEmpty()) {
                        session.output().note(takenUp(fetches) + hint);
                    }
                })
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        session.output()
                                .note("cannot take up unfinished fetches: "
                                        + cause(failure).getMessage());
                    }
                });
    }

    /** {@code resuming 2 unfinished fetches, 1 stays paused}. */
    private static String takenUp(List<Fetch> fetches) {
        long paused = fetches.stream()
                .filter(fetch -> fetch.status().state() == FetchState.PAUSED)
                .count();
        List<String> parts = new ArrayList<>();
        if (fetches.size() > paused) {
            parts.add("resuming " + Sizes.count(fetches.size() - paused, "unfinished fetch", "unfinished fetches"));
        }
        if (paused > 0) {
            parts.add(Sizes.count(paused, "fetch stays", "fetches stay") + " paused");
        }
        return String.join(", ", parts);
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private void follow(Fetch fetch) {
        fetch.events(this::heard);
        CompletableFuture<FetchEvent.Complete> unused =
                fetch.completion().whenComplete((complete, failure) -> ended(fetch, complete, failure));
    }

    /** Starts a fetch that is retried until a provider is found. */
    static Fetch start(Session session, FetchOptions options) {
        Fetch fetch = session.node().fetch(options.withRetries());
        new BackgroundFetch(session.output(), fetch).follow(fetch);
        session.output().note("fetching " + fetch.hash() + " in the background; fetches shows how it stands");
        return fetch;
    }

    private synchronized void heard(FetchEvent event) {
        if (!(event instanceof FetchEvent.Complete)) {
            output.json(FetchEventJson.of(hash, event));
        }
        line.after(event);
        if (event instanceof FetchEvent.ManifestArrived manifest) {
            name = Plain.line(manifest.name());
            output.note("fetching " + name + ", " + Sizes.bytes(manifest.size())
                    + (manifest.resumedBytes() > 0
                            ? ", " + Sizes.bytes(manifest.resumedBytes()) + " are here already"
                            : ""));
        } else if (event instanceof FetchEvent.Progress progress && progress.totalBytes() > 0) {
            int percent = Sizes.percent(progress.verifiedBytes(), progress.totalBytes());
            if (percent / 25 > quarter && percent < 100 && !output.isAnimated()) {
                output.note(name + "  " + percent + "%  " + Sizes.bytes(progress.verifiedBytes()) + " / "
                        + Sizes.bytes(progress.totalBytes()) + "  " + Sizes.rate(progress.bytesPerSecond()));
            }
            quarter = percent / 25;
        } else if (event instanceof FetchEvent.RetriedLater later) {
            output.note("a fetch waits, " + Plain.line(hash + ": " + later.why()) + "; it is tried again in "
                    + Sizes.duration(later.waitMillis()) + ", or when a node appears");
        }
    }

    private synchronized void ended(Fetch fetch, FetchEvent.@Nullable Complete complete, @Nullable Throwable failure) {
        line.end();
        if (complete != null) {
            String path = Plain.line(complete.path().toString());
            output.note(complete.alreadyThere() ? path + " is there already; nothing was fetched" : "saved " + path);
            output.json(FetchEventJson.complete(complete));
            return;
        }
        Throwable cause = failure == null ? null : cause(failure);
        if (cause instanceof CairnException expected && expected.kind() == CairnException.Kind.INTERRUPTED) {
            if (fetch.status().state() == FetchState.STOPPED) {
                output.note(expected.getMessage() + ": it is kept for later");
            }
        } else if (cause instanceof CairnException expected) {
            output.error(expected);
        } else {
            output.note("a fetch in the background ended: " + cause);
        }
    }
}
