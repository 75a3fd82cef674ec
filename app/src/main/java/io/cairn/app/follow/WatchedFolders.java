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
import io.cairn.dht.env.Scheduler.Timer;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ShareLayout;
import io.cairn.transfer.store.state.MovingNameTable;
import io.cairn.transfer.store.state.MovingNameTable.MovingName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        return work.offload(() -> real(path))
                .thenCompose(root -> begin(
                        new Follows.Watch(path, name, watch.options().in(ShareLayout.ALIGNED), watch.kept()),
                        root,
                        progress,
                        cancelled));
    }

    private CompletableFuture<Follows.Version> begin(
            Follows.Watch watch, Path root, Consumer<Node.HashProgress> progress, BooleanSupplier cancelled) {
        Folder other = folders.values().stream()
                .filter(one -> one.watch.name().equals(watch.name()) && !one.root.equals(root))
                .findFirst()
                .orElse(null);
        if (other != null) {
            return CompletableFuture.failedFuture(new CairnException(
                    Kind.EXISTS,
                    "cannot watch " + watch.path(),
                    "the name " + watch.name() + " follows " + other.root,
                    "choose another name, or remove that share first"));
        }
        forget(root);
        Folder folder = new Folder(watch, root);
        folders.put(root, folder);
        return folder.changes
                .start()
                .thenCompose(started -> folder.version(progress, cancelled))
                .whenComplete((version, failure) -> {
                    if (failure != null && folder.equals(folders.get(root))) {
                        forget(root);
                    }
                });
    }

    /** Where a path leads: what lies there is watched. A path that is missing leads to itself. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException missing) {
            return path;
        }
    }

    /** Goes on with what earlier runs watched. */
    public CompletableFuture<Integer> restore() {
        return work.offload(this::storedRoots)
                .thenApply(rows -> {
                    rows.keySet().forEach(root -> shares.expectChanges(root, true));
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
                        folder.root, folder.watch.name(), Objects.requireNonNull(folder.current), folder.watch.kept()))
                .toList();
    }

    /** A share was removed: its folder is watched no longer. */
    public void unshared(Key hash) {
        List.copyOf(folders.values()).stream()
                .filter(folder -> Objects.equals(hash, folder.current))
                .forEach(folder -> {
                    forget(folder.root);
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

    private Map<Path, MovingName> storedRoots() throws IOException {
        Map<Path, MovingName> roots = new LinkedHashMap<>();
        for (MovingName row : stored.all(MovingNameTable.Kind.WATCHED)) {
            roots.put(real(Path.of(row.place())), row);
        }
        return roots;
    }

    private void restore(Path root, MovingName row) {
        if (isClosed || folders.containsKey(root)) {
            return;
        }
        Follows.Watch watch = new Follows.Watch(
                Path.of(row.place()),
                row.name(),
                ShareOptionsJson.read(JsonTree.object(row.details().getBytes(StandardCharsets.UTF_8))),
                true);
        Folder folder = new Folder(watch, root);
        folder.current = row.hash();
        folders.put(root, folder);
        shares.expectChanges(root, true);
        Work.watch(folder.changes.start().thenRun(folder::changed), "watching a folder again");
    }

    private void forget(Path path) {
        Folder folder = folders.remove(path);
        if (folder != null) {
            folder.isForgotten = true;
            folder.stopRetrying();
            folder.changes.close();
            shares.expectChanges(path, false);
        }
    }

    /** One watched folder. */
    private final class Folder implements FolderChanges.Listener {
        private final Follows.Watch watch;
        private final Path root;
        private final FolderChanges changes;
        private @Nullable Key current;
        private @Nullable Timer retry;
        private boolean isSharing;
        private boolean isDirty;
        private boolean isForgotten;
        private String troubled = "";

        Folder(Follows.Watch watch, Path root) {
            this.watch = watch;
            this.root = root;
            this.changes = new FolderChanges(work, clock, root, this);
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
            stopRetrying();
            Key before = current;
            Work.watch(
                    version(progressed -> {}, () -> isForgotten).handle((version, failure) -> {
                        if (failure != null) {
                            failed(Work.cause(failure));
                        } else {
                            troubled = "";
                            if (!Objects.equals(version.share().share().hash(), before) && !isForgotten) {
                                notices.accept(new Node.Notice.VersionPublished(
                                        version.name(), version.share().share(), version.sequence()));
                            }
                        }
                        return watch.name();
                    }),
                    "sharing a changed folder");
        }

        void stopRetrying() {
            if (retry != null) {
                retry.cancel();
                retry = null;
            }
        }

        /** Shares the folder as it is now and publishes it under its name. A change in the meantime is looked at when all of this has ended, so that the name never points to what was replaced. */
        CompletableFuture<Follows.Version> version(Consumer<Node.HashProgress> progress, BooleanSupplier cancelled) {
            isSharing = true;
            isDirty = false;
            shares.expectChanges(root, true);
            return shares.add(watch.path(), watch.options(), null, progress, cancelled, joined)
                    .thenCompose(this::named)
                    .whenComplete((version, failure) -> {
                        isSharing = false;
                        if (isDirty) {
                            work.scheduler().execute(this::changed);
                        }
                    });
        }

        private CompletableFuture<Follows.Version> named(Node.ShareReport report) {
            Key hash = report.share().hash();
            Key before = current;
            Values.Name name = new Values.Name(watch.name(), values.publisher());
            if (Objects.equals(hash, before)) {
                return CompletableFuture.completedFuture(new Follows.Version(name, report, 0, 0, 0));
            }
            byte[] content = hash.toHex().getBytes(StandardCharsets.US_ASCII);
            return values.put(new Values.Put(watch.name(), ByteBuffer.wrap(content), null))
                    .thenApply(written -> new Follows.Version(
                            written.name(), report, written.sequence(), written.storedOn(), written.targets()))
                    .thenCompose(version -> isForgotten
                            ? CompletableFuture.completedFuture(version)
                            : replace(before, hash).thenApply(done -> version));
        }

        private CompletableFuture<Key> replace(@Nullable Key before, Key hash) {
            current = hash;
            CompletableFuture<Key> withdrawn = before == null || before.equals(hash)
                    ? CompletableFuture.completedFuture(hash)
                    : shares.removeAt(before, root);
            return withdrawn.thenCompose(done -> isForgotten
                    ? CompletableFuture.completedFuture(hash)
                    : work.offload(() -> {
                        store(hash);
                        return hash;
                    }));
        }

        /** One name for a folder, the latest. */
        private void store(Key hash) throws IOException {
            String place = watch.path().toString();
            for (MovingName other : stored.all(MovingNameTable.Kind.WATCHED)) {
                boolean isSame = other.name().equals(watch.name()) && watch.kept();
                if (other.place().equals(place) && !isSame) {
                    stored.remove(MovingNameTable.Kind.WATCHED, other.name(), place);
                }
            }
            if (watch.kept()) {
                byte[] options =
                        ShareOptionsJson.of(watch.path(), watch.options()).line();
                stored.put(new MovingName(
                        MovingNameTable.Kind.WATCHED,
                        watch.name(),
                        place,
                        hash,
                        new String(options, StandardCharsets.UTF_8)));
            }
        }

        private void failed(Throwable failure) {
            if (isForgotten) {
                return;
            }
            String why = failure instanceof CairnException told ? told.why() : failure.toString();
            if (!why.equals(troubled)) {
                troubled = why;
                notices.accept(new Node.Notice.VersionFailed(watch.name(), root, why));
            }
            stopRetrying();
            retry = work.scheduler().schedule(RETRY_MILLIS, this::changed);
        }
    }
}
