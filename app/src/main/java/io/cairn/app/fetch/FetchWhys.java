package io.cairn.app.fetch;

import io.cairn.app.Why;
import io.cairn.app.fetch.run.FetchRuns;
import io.cairn.app.fetch.run.FetchTask;
import io.cairn.app.work.Work;
import io.cairn.dht.id.Key;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why fetches stand where they stand: those of this process, and the last that ended here or earlier. Confined to the loop. */
final class FetchWhys {
    private static final Logger LOG = LoggerFactory.getLogger(FetchWhys.class);

    private final FetchRequests requests;
    private final FetchRuns runs;

    FetchWhys(FetchRequests requests, FetchRuns runs) {
        this.requests = requests;
        this.runs = runs;
    }

    /** An attempt has ended, or its fetch is cancelled, and the fetch has its new state: that is kept, for later runs of the node too. */
    void keep(FetchTask fetch) {
        CompletableFuture<?> unused = requests.keep(fetch, runs.why(fetch), runs.view())
                .whenComplete((kept, failure) -> {
                    if (failure != null) {
                        LOG.warn(
                                "why the fetch of {} ended is not kept: {}",
                                fetch.hash(),
                                Work.cause(failure).getMessage());
                    }
                });
    }

    /** @param latest the latest fetch of the hash that has not ended */
    CompletableFuture<Why> of(Key hash, Optional<FetchTask> latest) {
        return requests.lastWhy(hash)
                .thenCompose(before -> latest.map(fetch -> CompletableFuture.completedFuture(now(fetch, before)))
                        .orElseGet(() ->
                                before.map(CompletableFuture::completedFuture).orElseGet(() -> runs.lookUp(hash))));
    }

    /** A fetch of an earlier process that has not run in this one has seen nothing yet: what that one saw still explains it. */
    private Why now(FetchTask fetch, Optional<Why> before) {
        Why now = runs.why(fetch);
        Why earlier = before.orElse(null);
        return earlier != null && !fetch.hasRun()
                ? earlier.in(fetch.state()).because(now.cause(), now.next())
                : runs.after(earlier, now);
    }
}
