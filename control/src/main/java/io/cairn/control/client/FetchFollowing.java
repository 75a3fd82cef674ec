package io.cairn.control.client;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchEvent.Complete;
import io.cairn.app.FetchEvent.Failed;
import io.cairn.app.FetchState;
import io.cairn.app.Subscription;
import io.cairn.app.json.FetchEventJson;
import io.cairn.app.json.FetchJson;
import io.cairn.app.json.JsonTree;
import io.cairn.app.work.Broadcast;
import io.cairn.app.work.Work;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The events of a fetch as the node reports them, and its end. */
final class FetchFollowing implements LinesExchange.Lines {
    private static final Logger LOG = LoggerFactory.getLogger(FetchFollowing.class);

    private final NodeCalls calls;
    private final CompletableFuture<Long> id;
    private final States states;
    private final Broadcast<FetchEvent> events;
    private final CompletableFuture<Complete> completion = new CompletableFuture<>();
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private final AtomicBoolean begun = new AtomicBoolean();

    /** @param states hears each status and each change of state that the node reports */
    FetchFollowing(NodeCalls calls, CompletableFuture<Long> id, States states) {
        this.calls = calls;
        this.id = id;
        this.states = states;
        this.events = new Broadcast<>(calls.loop(), FetchEvent::describes);
    }

    /** Hears on the events thread how the fetch stands. */
    interface States {
        void stands(Fetch.Status status);

        void becomes(FetchState state);
    }

    /** Asks the node for the events, once it has accepted the fetch. */
    void begin() {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        CompletableFuture<Long> unused = id.whenComplete((known, failure) -> {
            if (failure != null) {
                fail(failure);
            } else {
                calls.stream(Request.get(RemoteFetch.path(known) + "/events"), this);
            }
        });
    }

    CompletableFuture<Complete> completion() {
        begin();
        return completion;
    }

    /** Returns once the listener has heard how the fetch stands; on the events thread, where nothing can be awaited, at once. */
    Subscription subscribe(Consumer<? super FetchEvent> listener) {
        if (begun.get() || calls.loop().isHere()) {
            begin();
            return events.subscribe(listener);
        }
        begin();
        try {
            BoundedWait.on(caughtUp.copy());
        } catch (CairnException unknown) {
            LOG.debug("the node does not say how the fetch stands", unknown);
        }
        return events.subscribe(listener);
    }

    @Override
    public void line(JsonTree line) {
        if (line.type().equals("fetch")) {
            Fetch.Status status = FetchJson.readStatus(line);
            states.stands(status);
            if (!status.isEnded()) {
                caughtUp.complete(null);
            }
            return;
        }
        FetchEvent event = FetchEventJson.read(line);
        if (event instanceof FetchEvent.Paused) {
            states.becomes(FetchState.PAUSED);
        } else if (event instanceof FetchEvent.Resumed) {
            states.becomes(FetchState.QUEUED);
        }
        events.tell(event);
        if (event instanceof Complete complete) {
            finish(() -> completion.complete(complete));
        } else if (event instanceof Failed failed) {
            finish(() -> completion.completeExceptionally(failed.failure()));
        }
    }

    /** After the end of the fetch this changes nothing: one that was stopped or cancelled ends with the failure that says so. */
    @Override
    public void end() {
        fail(Failures.incomplete());
    }

    @Override
    public void fail(CairnException failure) {
        finish(() -> completion.completeExceptionally(failure));
    }

    private void fail(Throwable failure) {
        finish(() -> completion.completeExceptionally(Work.cause(failure)));
    }

    private void finish(Runnable completes) {
        events.end();
        completes.run();
        caughtUp.complete(null);
    }
}
