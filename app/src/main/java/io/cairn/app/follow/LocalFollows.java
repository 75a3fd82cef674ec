package io.cairn.app.follow;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import io.cairn.app.FetchOptions;
import io.cairn.app.Follows;
import io.cairn.app.Follows.FollowEvent;
import io.cairn.app.Node;
import io.cairn.app.share.Shares;
import io.cairn.app.values.LocalValues;
import io.cairn.app.work.Work;
import io.cairn.dht.Dht;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.Key;
import io.cairn.transfer.store.state.MovingNameTable;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/** The watched folders and the followed copies of this node. On the loop. */
public final class LocalFollows {
    private final FollowedCopy.Tools tools;
    private final WatchedFolders folders;
    private final Set<FollowedCopy> copies = new LinkedHashSet<>();

    /**
     * @param joined completes after the first attempt to join
     * @param fetches starts a fetch
     */
    public LocalFollows(
            Work work,
            Clock clock,
            Dht dht,
            Shares shares,
            LocalValues values,
            MovingNameTable stored,
            CompletableFuture<Integer> joined,
            Function<FetchOptions, Fetch> fetches,
            Consumer<Node.Notice> notices) {
        this.tools = new FollowedCopy.Tools(work, clock, dht, values, shares, stored, fetches);
        this.folders = new WatchedFolders(work, clock, shares, values, stored, joined, notices);
    }

    /** Goes on with what earlier runs watched. */
    public CompletableFuture<Integer> restore() {
        return folders.restore();
    }

    /** Completes once those are known. */
    public CompletableFuture<?> restored() {
        return folders.restored();
    }

    /** See {@link Follows#watch}. */
    public CompletableFuture<Follows.Version> watch(
            Follows.Watch watch, Consumer<Node.HashProgress> progress, BooleanSupplier cancelled) {
        return folders.watch(watch, progress, cancelled);
    }

    /** See {@link Follows#watched}. */
    public List<Follows.Watched> watched() {
        return folders.watched();
    }

    /** A share was removed: its folder is watched no longer. */
    public void unshared(Key hash) {
        folders.unshared(hash);
    }

    /**
     * See {@link Follows#follow}.
     *
     * @param over completes when nobody listens any longer
     */
    public CompletableFuture<FollowEvent.UpToDate> follow(
            Follows.Follow follow, Consumer<FollowEvent> events, CompletableFuture<?> over) {
        Path place = follow.output().path().toAbsolutePath().normalize();
        Optional<Path> watched = folders.watched().stream()
                .map(Follows.Watched::path)
                .filter(folder -> place.startsWith(folder) || folder.startsWith(place))
                .findFirst();
        if (watched.isPresent()) {
            return CompletableFuture.failedFuture(new CairnException(
                    CairnException.Kind.USAGE,
                    "cannot keep a copy at " + place,
                    "this node shares " + watched.get() + " again whenever it changes, and the copy would be a change",
                    "choose a place outside of it"));
        }
        FollowedCopy copy = new FollowedCopy(tools, follow, events);
        copies.add(copy);
        CompletableFuture<?> unused =
                over.whenComplete((done, failure) -> tools.work().run(() -> {
                    copies.remove(copy);
                    copy.close();
                }));
        return copy.start();
    }

    public void close() {
        folders.close();
        List.copyOf(copies).forEach(FollowedCopy::close);
    }
}
