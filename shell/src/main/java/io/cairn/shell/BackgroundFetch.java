package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchOptions;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.output.Sizes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A fetch that nobody waits for: it tells of its manifest, each quarter and its end above the line being typed. */
final class BackgroundFetch {
    private final Output output;
    private final FetchJson json;
    private int quarter;

    private BackgroundFetch(Output output, FetchOptions options) {
        this.output = output;
        this.json = new FetchJson(output, options.target().hash());
    }

    static void start(Session session, FetchOptions options) {
        BackgroundFetch background = new BackgroundFetch(session.output(), options);
        Fetch fetch = session.node().fetch(options, background::heard);
        CompletableFuture<FetchEvent.Complete> unused = fetch.completion().whenComplete(background::ended);
        session.output().note("fetching " + fetch.hash() + " in the background; fetches shows how it stands");
    }

    private synchronized void heard(FetchEvent event) {
        json.accept(event);
        if (event instanceof FetchEvent.ManifestArrived manifest) {
            output.notice("fetching " + Plain.line(manifest.name()) + ", " + Sizes.bytes(manifest.size()));
        } else if (event instanceof FetchEvent.Progress progress && progress.totalBytes() > 0) {
            int now = (int) (4.0 * progress.verifiedBytes() / progress.totalBytes());
            if (now > quarter && now < 4) {
                output.notice(now * 25 + "%  " + Sizes.bytes(progress.verifiedBytes()) + " / "
                        + Sizes.bytes(progress.totalBytes()) + "  " + Sizes.rate(progress.bytesPerSecond()));
            }
            quarter = now;
        }
    }

    private synchronized void ended(FetchEvent.@Nullable Complete complete, @Nullable Throwable failure) {
        if (complete != null) {
            output.notice("saved " + Plain.line(complete.path().toString()));
            json.complete(complete);
            return;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof CairnException expected) {
            output.error(expected);
        } else {
            output.notice("a fetch in the background ended: " + cause);
        }
    }
}
