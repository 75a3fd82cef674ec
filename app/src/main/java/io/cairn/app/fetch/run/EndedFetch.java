package io.cairn.app.fetch.run;

import io.cairn.app.Fetch;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchState;
import io.cairn.app.Reason;
import io.cairn.app.Subscription;
import io.cairn.app.work.Broadcast;
import io.cairn.dht.id.Key;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The record of an ended fetch; it holds no content, manifest, listener or peer.
 *
 * @param number in the order of the requests
 * @param events the latest events
 * @param completion already completed
 * @param discarding deletes the partial data
 */
public record EndedFetch(
        long number,
        FetchOptions options,
        FetchPlace place,
        Status status,
        Broadcast<FetchEvent> events,
        CompletableFuture<FetchEvent.Complete> completion,
        Function<EndedFetch, CompletableFuture<Status>> discarding)
        implements Fetch {
    @Override
    public Key hash() {
        return options.target().hash();
    }

    @Override
    public Subscription events(Consumer<? super FetchEvent> listener) {
        return events.subscribe(listener);
    }

    @Override
    public void stop() {}

    @Override
    public CompletableFuture<Status> pause() {
        return FetchFailures.ended("pause", hash(), status, Reason.LIST_THE_FETCHES.says("see how each fetch stands"));
    }

    @Override
    public CompletableFuture<Status> resume() {
        return FetchFailures.ended("resume", hash(), status, Reason.FETCH_AGAIN.says("fetch it again"));
    }

    @Override
    public CompletableFuture<Status> cancel() {
        return status.state() == FetchState.DONE
                ? FetchFailures.ended(
                        "cancel", hash(), status, Reason.SEE_NEXT.says("delete the file itself if you do not want it"))
                : discarding.apply(this);
    }
}
