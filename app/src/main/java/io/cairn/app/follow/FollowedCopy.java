package io.cairn.app.follow;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Fetch;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchTarget;
import io.cairn.app.Follows;
import io.cairn.app.Follows.FollowEvent;
import io.cairn.app.Subscription;
import io.cairn.app.share.Shares;
import io.cairn.app.values.LocalValues;
import io.cairn.app.work.NodeClosed;
import io.cairn.app.work.Work;
import io.cairn.dht.Dht;
import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler.Timer;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.value.FoundValue;
import io.cairn.transfer.store.state.MovingNameTable;
import io.cairn.transfer.store.state.MovingNameTable.MovingName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One copy that follows a name: fetches each newer version into it. On the loop. */
final class FollowedCopy {
    private static final int RETRY_SECONDS = 5;
    private static final int RETRY_SECONDS_MAX = 300;

    /** A fetch of a version that is no longer the newest goes on as long as bytes arrive within this time: its providers may be gone. */
    private static final long OUTDATED_MILLIS = 5_000;

    private final Tools tools;
    private final Follows.Follow follow;
    private final Consumer<FollowEvent> events;
    private final NamePoll poll;
    private final CompletableFuture<FollowEvent.UpToDate> result = new CompletableFuture<>();
    private @Nullable MovingName held;
    private @Nullable FoundValue newest;
    private @Nullable Fetch fetch;
    private @Nullable Subscription listening;
    private @Nullable Timer retry;
    private int retrySeconds = RETRY_SECONDS;
    private volatile boolean isPlaceNew;
    private boolean isSettled;
    private boolean isClosed;

    FollowedCopy(Tools tools, Follows.Follow follow, Consumer<FollowEvent> events) {
        this.tools = tools;
        this.follow = follow;
        this.events = events;
        this.poll = new NamePoll(tools.work, tools.dht, tools.values, follow.name(), this::heard);
    }

    /**
     * What a follower works with.
     *
     * @param fetches starts a fetch
     */
    record Tools(
            Work work,
            Clock clock,
            Dht dht,
            LocalValues values,
            Shares shares,
            MovingNameTable stored,
            Function<FetchOptions, Fetch> fetches) {}

    /** Begins; completes only by failing. */
    CompletableFuture<FollowEvent.UpToDate> start() {
        Work.watch(
                tools.work
                        .offload(() -> {
                            isPlaceNew = !follow.output().isFolder()
                                    && !Files.exists(follow.output().path(), LinkOption.NOFOLLOW_LINKS);
                            return tools.stored.find(
                                    MovingNameTable.Kind.FOLLOWED, follow.name().toString(), place());
                        })
                        .thenCombine(tools.values.found(follow.name()), this::begin)
                        .handle((begun, failure) -> {
                            if (failure != null) {
                                fail(Work.cause(failure));
                            }
                            return isClosed;
                        }),
                "following a name");
        return result;
    }

    /** Ends it; what a running fetch has is kept for the next time. */
    void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        poll.close();
        if (retry != null) {
            retry.cancel();
        }
        if (listening != null) {
            listening.close();
        }
        if (fetch != null) {
            fetch.stop();
        }
        if (held != null) {
            tools.shares.expectChanges(Path.of(held.details()), false);
        }
        result.completeExceptionally(NodeClosed.exception());
    }

    private Key begin(Optional<MovingName> before, FoundValue first) {
        held = before.orElse(null);
        before.ifPresent(copy -> tools.shares.expectChanges(Path.of(copy.details()), true));
        newest = first;
        if (!isClosed) {
            poll.start();
            update();
        }
        return held == null ? Key.at(follow.name().publisher()) : held.hash();
    }

    private void heard(FoundValue value) {
        FoundValue before = newest;
        if (before != null && value.sequence() <= before.sequence()) {
            return;
        }
        newest = value;
        retrySeconds = RETRY_SECONDS;
        if (retry != null) {
            retry.cancel();
            retry = null;
        }
        Fetch outdated = fetch;
        if (outdated == null) {
            update();
        } else {
            watchOutdated(outdated, outdated.status().verifiedBytes());
        }
    }

    private void watchOutdated(Fetch outdated, long bytes) {
        tools.work.scheduler().schedule(OUTDATED_MILLIS, () -> {
            if (!outdated.equals(fetch) || isClosed) {
                return;
            }
            long now = outdated.status().verifiedBytes();
            if (now > bytes) {
                watchOutdated(outdated, now);
            } else {
                Work.watch(outdated.cancel(), "ending the fetch of a version that is no longer the newest");
            }
        });
    }

    /** Fetches the newest version unless the copy is known to hold it. */
    private void update() {
        FoundValue value = newest;
        if (value == null || isClosed || fetch != null) {
            return;
        }
        Key hash;
        try {
            hash = hash(value);
        } catch (CairnException noHash) {
            delayed(noHash);
            return;
        }
        if (isSettled && held != null && held.hash().equals(hash)) {
            return;
        }
        events.accept(new FollowEvent.Newer(follow.name(), hash, value.sequence()));
        if (held == null && isPlaceNew) {
            note(new MovingName(MovingNameTable.Kind.FOLLOWED, follow.name().toString(), place(), hash, place()));
        }
        Fetch begun = tools.fetches.apply(options(hash));
        fetch = begun;
        listening = begun.events(event -> {
            if (!(event instanceof FetchEvent.Complete)) {
                events.accept(new FollowEvent.Fetching(hash, event));
            }
        });
        CompletableFuture<FetchEvent.Complete> unused = begun.completion()
                .whenComplete((complete, failure) -> tools.work.run(() -> {
                    Subscription listened = listening;
                    if (listened != null) {
                        listened.close();
                    }
                    fetch = null;
                    if (isClosed) {
                        return;
                    }
                    if (failure == null) {
                        placed(value, hash, complete);
                    } else {
                        failed(value, Work.cause(failure));
                    }
                }));
    }

    private FetchOptions options(Key hash) {
        List<Endpoint> publisher = tools.dht.contacts().stream()
                .filter(contact -> contact.id().equals(follow.name().publisher()))
                .map(Contact::endpoint)
                .toList();
        FetchTarget target = new FetchTarget(hash, "", -1, publisher);
        MovingName copy = held;
        if (copy == null && !isPlaceNew) {
            return FetchOptions.builder(target, follow.output())
                    .keepSharing(true)
                    .build();
        }
        Path place = Path.of(copy == null ? place() : copy.details());
        Path keptIn = follow.keep() == 0 ? null : OldVersions.folder(place, tools.clock.wallMillis());
        return FetchOptions.to(target, place)
                .updating(new FetchOptions.Update(copy == null ? hash : copy.hash(), keptIn))
                .keepSharing(true)
                .build();
    }

    /** Before the first fetch, so that a later run knows the place as a copy whatever happens to this one. */
    private void note(MovingName begun) {
        Work.watch(
                tools.work.offload(() -> {
                    tools.stored.put(begun);
                    return begun.name();
                }),
                "noting the place of a copy");
    }

    private void placed(FoundValue value, Key hash, FetchEvent.Complete complete) {
        MovingName before = held;
        MovingName now = new MovingName(
                MovingNameTable.Kind.FOLLOWED,
                follow.name().toString(),
                place(),
                hash,
                complete.path().toString());
        held = now;
        isSettled = true;
        retrySeconds = RETRY_SECONDS;
        tools.shares.expectChanges(complete.path(), true);
        CompletableFuture<?> unshared = before == null || before.hash().equals(hash)
                ? CompletableFuture.completedFuture(hash)
                : tools.shares.removeAt(before.hash(), complete.path());
        Work.watch(
                unshared.thenCompose(done -> tools.work.offload(() -> {
                            tools.stored.put(now);
                            if (follow.keep() > 0) {
                                OldVersions.keep(complete.path(), follow.keep());
                            }
                            return hash;
                        }))
                        .whenComplete((done, failure) -> {
                            events.accept(new FollowEvent.UpToDate(follow.name(), value.sequence(), complete));
                            update();
                        }),
                "noting the version of a copy");
    }

    private void failed(FoundValue tried, Throwable failure) {
        boolean isOutdated = !tried.equals(newest);
        if (isOutdated) {
            update();
        } else if (held == null || !(failure instanceof CairnException cause)) {
            fail(failure);
        } else {
            delayed(cause);
        }
    }

    private void delayed(CairnException cause) {
        if (held == null) {
            fail(cause);
            return;
        }
        events.accept(new FollowEvent.Delayed(follow.name(), cause, retrySeconds));
        retry = tools.work.scheduler().schedule(retrySeconds * 1_000L, this::update);
        retrySeconds = Math.min(RETRY_SECONDS_MAX, 2 * retrySeconds);
    }

    private void fail(Throwable failure) {
        poll.close();
        isClosed = true;
        if (held == null && isPlaceNew) {
            forget();
        }
        result.completeExceptionally(failure);
    }

    /** No version was ever had: the next command begins anew, and says so if there is still none. */
    private void forget() {
        Work.watch(
                tools.work.offload(() -> {
                    tools.stored.remove(
                            MovingNameTable.Kind.FOLLOWED, follow.name().toString(), place());
                    return place();
                }),
                "forgetting a place without a copy");
    }

    private Key hash(FoundValue value) throws CairnException {
        String text = new String(value.content(), StandardCharsets.UTF_8).strip();
        try {
            return Key.fromHex(text);
        } catch (IllegalArgumentException noHash) {
            throw new CairnException(
                    Kind.USAGE,
                    "cannot follow " + follow.name(),
                    "its value is not the hash of a share",
                    "ask its publisher for the name of a share");
        }
    }

    private String place() {
        return follow.output().path().toAbsolutePath().normalize().toString();
    }
}
