package io.cairn.control;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchState;
import io.cairn.app.Node;
import io.cairn.app.work.Work;
import io.cairn.dht.id.Key;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A fetch that goes on at the next node when its node goes, from what has arrived. */
final class SteadyFetch extends SteadyOperation<FetchEvent, FetchEvent.Complete> implements Fetch {
    private final FetchOptions options;
    private volatile boolean stopped;

    private SteadyFetch(Succession succession, FetchOptions options) {
        super(succession, node -> fetch(succession.current(), node, options));
        this.options = options;
    }

    static SteadyFetch begin(Succession succession, FetchOptions options) {
        SteadyFetch fetch = new SteadyFetch(succession, options);
        fetch.begin();
        return fetch;
    }

    /** A node of another process may be fetching the same to the same place already, for another terminal: then both follow that fetch. */
    private static Fetch fetch(Attachment attachment, Node node, FetchOptions options) {
        return attachment.isHere()
                ? node.fetch(options)
                : node.fetches().stream()
                        .filter(running -> isSame(running.options(), options)
                                && !running.status().state().letsOthersBegin())
                        .findFirst()
                        .orElseGet(() -> node.fetch(options));
    }

    private static boolean isSame(FetchOptions running, FetchOptions wanted) {
        return running.target().hash().equals(wanted.target().hash())
                && running.output().equals(wanted.output())
                && running.only().equals(wanted.only());
    }

    private @Nullable Fetch fetch() {
        return (Fetch) now();
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
        Fetch latest = fetch();
        return latest == null
                ? new Status(
                        options.target().name(),
                        FetchState.QUEUED,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        options.output().path())
                : latest.status();
    }

    @Override
    public void stop() {
        stopped = true;
        Fetch latest = fetch();
        if (latest != null) {
            latest.stop();
        }
    }

    @Override
    @Nullable
    CairnException over() {
        return stopped
                ? new CairnException(
                        CairnException.Kind.INTERRUPTED,
                        "stopped fetching " + hash(),
                        "it was told to",
                        "the same fetch resumes from what has arrived")
                : null;
    }

    @Override
    public CompletableFuture<Status> pause() {
        return change(Fetch::pause);
    }

    @Override
    public CompletableFuture<Status> resume() {
        return change(Fetch::resume);
    }

    @Override
    public CompletableFuture<Status> cancel() {
        return change(Fetch::cancel);
    }

    /** Asks the next node's fetch for the same state if this one's node goes. */
    private CompletableFuture<Status> change(Function<Fetch, CompletableFuture<Status>> step) {
        CompletableFuture<Status> result = new CompletableFuture<>();
        Fetch latest = fetch();
        if (latest == null) {
            follow(null, step, result);
        } else {
            change(latest, step, result);
        }
        return result;
    }

    private void change(
            Fetch fetch, Function<Fetch, CompletableFuture<Status>> step, CompletableFuture<Status> result) {
        CompletableFuture<Status> unused = step.apply(fetch).whenComplete((status, failure) -> {
            if (failure == null) {
                result.complete(status);
            } else if (Succession.isGone(failure)) {
                follow(fetch, step, result);
            } else {
                result.completeExceptionally(Work.cause(failure));
            }
        });
    }

    private void follow(
            @Nullable Fetch gone, Function<Fetch, CompletableFuture<Status>> step, CompletableFuture<Status> result) {
        CompletableFuture<?> unused = after(gone).whenComplete((next, failure) -> {
            if (failure == null) {
                change((Fetch) next, step, result);
            } else {
                result.completeExceptionally(Work.cause(failure));
            }
        });
    }
}
