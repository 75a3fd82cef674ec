package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Fetch;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchState;
import io.cairn.dht.id.Key;
import java.util.concurrent.CompletableFuture;

/** A fetch of a {@link FakeNode}, which tests move from state to state. */
final class FakeFetch extends FakeOperation<FetchEvent, FetchEvent.Complete> implements Fetch {
    private final FakeNode node;
    final FetchOptions options;
    FetchState state = FetchState.CHUNKS;

    FakeFetch(FakeNode node, FetchOptions options) {
        this.node = node;
        this.options = options;
    }

    @Override
    public Key hash() {
        return options.target().hash();
    }

    @Override
    public Status status() {
        return new Status(
                "film.mkv", state, 512, 1024, 2, 4, 1, 100, options.output().path());
    }

    @Override
    public void stop() {
        node.stopped = true;
        if (node.doneWhenStopped) {
            node.copy(options, this);
            return;
        }
        completion.completeExceptionally(
                new CairnException(Kind.INTERRUPTED, "stopped fetching " + hash(), "it was told to", "run it again"));
    }

    @Override
    public FetchOptions options() {
        return options;
    }

    @Override
    public CompletableFuture<Status> pause() {
        return becomes(FetchState.PAUSED);
    }

    @Override
    public CompletableFuture<Status> resume() {
        return becomes(FetchState.CHUNKS);
    }

    @Override
    public CompletableFuture<Status> cancel() {
        if (!node.closed) {
            node.fetched.remove(this);
            completion.completeExceptionally(new CairnException(
                    Kind.INTERRUPTED, "cancelled the fetch of " + hash(), "it was told to", "fetch it again"));
        }
        return becomes(FetchState.CANCELLED);
    }

    private CompletableFuture<Status> becomes(FetchState next) {
        state = node.closed ? state : next;
        return node.answer(status());
    }
}
