package io.cairn.app.follow;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Follows;
import io.cairn.app.Node;
import io.cairn.app.Values;
import io.cairn.app.json.JsonTree;
import io.cairn.app.json.ShareOptionsJson;
import io.cairn.app.share.Shares;
import io.cairn.app.values.LocalValues;
import io.cairn.app.work.Work;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ShareLayout;
import io.cairn.transfer.store.state.MovingNameTable;
import io.cairn.transfer.store.state.MovingNameTable.MovingName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shares folders again whenever they change, and lets their names follow. On the loop. */
public final class WatchedFolders {
    /** After a failure, such as a file that changed while it was hashed. */
    private static final long RETRY_MILLIS = 2_000;

    private final Work work;
    private final Clock clock;
    private final Shares shares;
    private final LocalValues values;
    private final MovingNameTable stored;
    private final CompletableFuture<Integer> joined;
    private final Consumer<Node.Notice> notices;
    private final Map<Path, Folder> folders = new LinkedHashMap<>();
    private final CompletableFuture<Void> restored = new CompletableFuture<>();
    private boolean isClosed;

    /** @param joined completes after the first attempt to join */
    public WatchedFolders(
            Work work,
            Clock clock,
            Shares shares,
            LocalValues values,
            MovingNameTable stored,
            CompletableFuture<Integer> joined,
            Consumer<Node.Notice> notices) {
        this.work = work;
        this.clock = clock;
        this.shares = shares;
        this.values = values;
        this.stored = stored;
        this.joined = joined;
        this.notices = notices;
    }

    /** See {@link Follows#watch}. */
    public CompletableFuture<Follows.Version> watch(
            Follows.Watch watch, Consumer<Node.HashProgress> progress, BooleanSupplier cancelled) {
        String name;
        try {
            name = Values.Name.checked(watch.name());
        } catch (CairnException wrong) {
            return CompletableFuture.failedFuture(wrong);
        }
        Path path = watch.path().toAbsolutePath().normalize();
        Folder other = folders.values().stream()
                .filter(one ->
                        one.watch.name().equals(name) && !one.watch.path().equals(path))
                .findFirst()
                .orElse(null);
        if (other != null) {
            return CompletableFuture.failedFuture(new CairnException(
                    Kind.EXISTS,
                    "cannot watch " + path,
                    "the name " + name + " follows " + other.watch.path(),
                    "choose another name, or remove that share first"));
        }
        forget(path);
        Folder folder =
                new Folder(new Follows.Watch(path, name, watch.options().in(ShareLayout.ALIGNED), watch.kept()));
        folders.put(path, folder);
        return folder.changes
                .start()
                .thenCompose(started -> folder.first(progress, cancelled))
                .whenComplete((version, failure) -> {
                    if (failure != null) {
                        forget(path);
                    }
                });
    }

    /** Goes on with what earlier runs watched. */
    public CompletableFuture<Integer> restore() {
        return work.offload(() -> stored.all(MovingNameTable.Kind.WATCHED))
                .thenApply(rows -> {
                    rows.forEach(row -> shares.expectChanges(Path.of(row.place()), true));
                    return rows;
                })
                .thenCombine(shares.restored(), (rows, done) -> {
                    rows.forEach(this::restore);
                    return rows.size();
                })
                .whenComplete((count, failure) -> restored.complete(null));
    }

    CompletableFuture<Void> restored() {
        return restored.copy();
    }

    /** See {@link Follows#watched}. */
    public List<Follows.Watched> watched() {
        return folders.values().stream()
                .filter(folder -> folder.current != null)
                .map(folder -> new Follows.Watched(
                        folder.watch.path(),
                        folder.watch.name(),
                        Objects.requireNonNull(folder.current),
                        folder.watch.kept()))
                .toList();
    }

    /** A share was removed: its folder is watched no longer. */
    public void unshared(Key hash) {
        List.copyOf(folders.values()).stream()
                .filter(folder -> Objects.equals(hash, folder.current))
                .forEach(folder -> {
                    forget(folder.watch.path());
                    Work.watch(
                            work.offload(() -> {
                                stored.remove(
                                        MovingNameTable.Kind.WATCHED,
                                        folder.watch.name(),
                                        folder.watch.path().toString());
                                return hash;
                            }),
                            "forgetting a watched folder");
                });
    }

    public void close() {
        isClosed = true;
        List.copyOf(folders.keySet()).forEach(this::forget);
    }

    private void restore(MovingName row) {
        Path path = Path.of(row.place());
        if (isClosed || folders.containsKey(path)) {
            return;
        }
        Folder folder = new Folder(new Follows.Watch(
                path,
                row.name(),
                ShareOptionsJson.read(JsonTree.object(row.details().getBytes(StandardCharsets.UTF_8))),
                true));
        folder.current = row.hash();
        folders.put(path, folder);
        shares.expectChanges(path, true);
        Work.watch(folder.changes.start().thenRun(folder::changed), "watching a folder again");
    }

    private void forget(Path path) {
        Folder folder = folders.remove(path);
        if (folder != null) {
            folder.isForgotten = true;
            folder.changes.close();
            shares.expectChanges(path, false);
        }
    }

    /** One watched folder. */
    private final class Folder implements FolderChanges.Listener {
        private final Follows.Watch watch;
        private final FolderChanges changes;
        private @Nullable Key current;
        private boolean isSharing;
        private boolean isDirty;
        private boolean isForgotten;
        private String troubled = "";

        Folder(Follows.Watch watch) {
            this.watch = watch;
            this.changes = new FolderChanges(work, clock, watch.path(), this);
        }

        @Override
        public void changed() {
            if (isForgotten) {
                return;
            }
            if (isSharing) {
                isDirty = true;
                return;
            }
            Key before = current;
            Work.watch(
                    share(progressed -> {}, () -> isForgotten)
                            .thenCompose(report -> Objects.equals(report.share().hash(), before)
                                    ? CompletableFuture.<Optional<Follows.Version>>completedFuture(Optional.empty())
                                    : named(report).thenApply(Optional::of))
                            .handle((version, failure) -> {
                                if (failure != null) {
                                    failed(Work.cause(failure));
                                } else {
                                    troubled = "";
                                    version.ifPresent(published -> notices.accept(new Node.Notice.VersionPublished(
                                            published.name(), published.share().share(), published.sequence())));
                                }
                                return watch.name();
                            }),
                    "sharing a changed folder");
        }

        /** Shares the folder as it is now and publishes it under its name. */
        CompletableFuture<Follows.Version> first(Consumer<Node.HashProgress> progress, BooleanSupplier cancelled) {
            return share(progress, cancelled).thenCompose(this::named);
        }

        private CompletableFuture<Node.ShareReport> share(
                Consumer<Node.HashProgress> progress, BooleanSupplier cancelled) {
            isSharing = true;
            isDirty = false;
            shares.expectChanges(watch.path(), true);
            return shares.add(watch.path(), watch.options(), progress, cancelled, joined)
                    .whenComplete((report, failure) -> {
                        isSharing = false;
                        if (isDirty) {
                            work.scheduler().execute(this::changed);
                        }
                    });
        }

        private CompletableFuture<Follows.Version> named(Node.ShareReport report) {
            Key hash = report.share().hash();
            Key before = current;
            byte[] content = hash.toHex().getBytes(StandardCharsets.US_ASCII);
            return values.put(new Values.Put(watch.name(), ByteBuffer.wrap(content), null))
                    .thenApply(written -> new Follows.Version(
                            written.name(), report, written.sequence(), written.storedOn(), written.targets()))
                    .thenCompose(version -> {
                        current = hash;
                        return withdrawn(before, hash).thenApply(done -> version);
                    })
                    .thenCompose(version -> work.offload(() -> {
                        if (watch.kept()) {
                            stored.put(new MovingName(
                                    MovingNameTable.Kind.WATCHED,
                                    watch.name(),
                                    watch.path().toString(),
                                    hash,
                                    new String(
                                            ShareOptionsJson.of(watch.path(), watch.options())
                                                    .line(),
                                            StandardCharsets.UTF_8)));
                        }
                        return version;
                    }));
        }

        private CompletableFuture<Key> withdrawn(@Nullable Key before, Key hash) {
            return before == null || before.equals(hash)
                    ? CompletableFuture.completedFuture(hash)
                    : shares.remove(before).handle((share, alreadyRemoved) -> hash);
        }

        private void failed(Throwable failure) {
            if (isForgotten) {
                return;
            }
            String why = failure instanceof CairnException told ? told.why() : failure.toString();
            if (!why.equals(troubled)) {
                troubled = why;
                notices.accept(new Node.Notice.VersionFailed(watch.name(), watch.path(), why));
            }
            work.scheduler().schedule(RETRY_MILLIS, this::changed);
        }
    }
}
