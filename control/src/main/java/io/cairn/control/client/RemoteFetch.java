package io.cairn.control.client;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchEvent.Complete;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchState;
import io.cairn.app.Subscription;
import io.cairn.app.json.FetchJson;
import io.cairn.app.json.FetchOptionsJson;
import io.cairn.app.work.Work;
import io.cairn.dht.id.Key;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fetch of the node in the other process. One that was started here follows its events from the start; one that was found in the list
 * follows them once somebody asks for events or for its end. When the node is gone or does not know the fetch any more, its status is
 * the last that was heard.
 */
final class RemoteFetch implements Fetch, FetchFollowing.States {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteFetch.class);

    private final NodeCalls calls;
    private final FetchOptions options;
    private final CompletableFuture<Long> id;
    private final FetchFollowing following;
    private volatile Status latest;

    /** @param id by which the node knows it; fails if the node does not accept it */
    private RemoteFetch(NodeCalls calls, FetchOptions options, Status latest, CompletableFuture<Long> id) {
        this.calls = calls;
        this.options = options;
        this.latest = latest;
        this.id = id;
        this.following = new FetchFollowing(calls, id, this);
    }

    /** A fetch as the node lists it. */
    static RemoteFetch listed(NodeCalls calls, FetchJson.Listed listed) {
        return new RemoteFetch(
                calls, listed.options(), listed.status(), CompletableFuture.completedFuture(listed.id()));
    }

    /** Sends the request, and follows the fetch. */
    static RemoteFetch start(NodeCalls calls, FetchOptions options) {
        Status queued = new Status(
                options.target().name(),
                FetchState.QUEUED,
                0,
                Math.max(0, options.target().size()),
                0,
                0,
                0,
                0,
                options.output().path().toAbsolutePath());
        CompletableFuture<Long> id = calls.call(
                        Request.post("/fetches", FetchOptionsJson.of(options)), Answer.object(FetchJson::read))
                .thenApply(FetchJson.Listed::id);
        RemoteFetch fetch = new RemoteFetch(calls, options, queued, id);
        CompletableFuture<Long> unused = id.whenComplete((known, refused) -> {
            if (refused != null) {
                fetch.latest = queued.in(FetchState.FAILED);
            }
        });
        fetch.following.begin();
        return fetch;
    }

    /** Completes with the id by which the node knows it. */
    CompletableFuture<Long> id() {
        return id;
    }

    @Override
    public void stands(Status status) {
        latest = status;
    }

    @Override
    public void becomes(FetchState state) {
        latest = latest.in(state);
    }

    /** Takes over what a list says. */
    RemoteFetch at(Status listed) {
        latest = listed;
        return this;
    }

    /** The status that was heard last. */
    Status latest() {
        return latest;
    }

    @Override
    public Key hash() {
        return options.target().hash();
    }

    @Override
    public FetchOptions options() {
        return options;
    }

    @Override
    public Status status() {
        if (calls.isClosed()) {
            return latest;
        }
        try {
            latest = calls.query(Request.get(path(BoundedWait.on(id.copy()))), Answer.object(FetchJson::readStatus));
        } catch (CairnException unknown) {
            LOG.debug("the status of {} is the last that was heard", hash(), unknown);
        }
        return latest;
    }

    @Override
    public CompletableFuture<Complete> completion() {
        return following.completion();
    }

    @Override
    public Subscription events(Consumer<? super FetchEvent> listener) {
        return following.subscribe(listener);
    }

    @Override
    public void stop() {
        CompletableFuture<Status> unused = change("stop").whenComplete((status, failure) -> {
            if (failure != null) {
                LOG.debug("{} was not stopped", hash(), failure);
            }
        });
    }

    @Override
    public CompletableFuture<Status> pause() {
        return change("pause");
    }

    @Override
    public CompletableFuture<Status> resume() {
        return change("resume");
    }

    @Override
    public CompletableFuture<Status> cancel() {
        return change("cancel");
    }

    /** Waits for the id without a thread; a failure of either call is that of the change. */
    private CompletableFuture<Status> change(String step) {
        CompletableFuture<Status> result = new CompletableFuture<>();
        CompletableFuture<Status> changed = id.thenCompose(
                known -> calls.call(Request.post(path(known) + "/" + step), Answer.object(FetchJson::readStatus)));
        CompletableFuture<Status> unused = changed.whenComplete((status, failure) -> {
            if (failure == null) {
                latest = status;
                result.complete(status);
            } else {
                result.completeExceptionally(Work.cause(failure));
            }
        });
        return result;
    }

    static String path(long id) {
        return "/fetches/" + id;
    }
}
