package io.cairn.app.follow;

import io.cairn.app.work.Work;
import io.cairn.dht.env.Clock;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that something below a path changed and has been quiet since. The operating system reports changes; where it cannot, and in any case
 * every half minute, the sizes and times of all files are compared. On the loop; reads the disk on workers.
 */
final class FolderChanges {
    private static final Logger LOG = LoggerFactory.getLogger(FolderChanges.class);

    private static final long POLL_MILLIS = 100;

    /** A program that writes several files is waited for until it pauses this long. */
    private static final long QUIET_MILLIS = 250;

    /** Longest wait for quiet: a file that grows all the time is shared as it is now and then. */
    private static final long RESTLESS_MILLIS = 10_000;

    private static final long WALK_MILLIS = 30_000;

    /** From one walk to the next where the system reports nothing. */
    private static final long WALK_UNREPORTED_MILLIS = 5_000;

    /** Most watched folders: half of Linux's smallest default limit per user. */
    private static final int FOLDERS_MAX = 4_096;

    private final Work work;
    private final Clock clock;
    private final Path root;
    private final Listener listener;
    private final Map<Path, Registered> keys = new ConcurrentHashMap<>();
    private volatile @Nullable WatchService service;
    private Map<Path, Stamp> seen = Map.of();
    private long touchedMillis = -1;
    private long firstTouchedMillis = -1;
    private long walkedMillis;
    private volatile boolean isUnreported;
    private boolean isWalking;
    private boolean isClosed;

    FolderChanges(Work work, Clock clock, Path root, Listener listener) {
        this.work = work;
        this.clock = clock;
        this.root = root;
        this.listener = listener;
    }

    /** Hears of changes, on the loop. */
    interface Listener {
        /** Something changed; what is seen from now on is a later change. */
        void changed();
    }

    /** Takes note of what is there; completes when later changes are noticed. */
    CompletableFuture<Void> start() {
        try {
            service = FileSystems.getDefault().newWatchService();
        } catch (IOException | UnsupportedOperationException none) {
            LOG.info("{} is compared every few seconds: {}", root, none.toString());
            isUnreported = true;
        }
        return work.offload(this::walk).thenAccept(found -> {
            seen = found;
            walkedMillis = clock.monotonicMillis();
            work.scheduler().schedule(POLL_MILLIS, this::poll);
        });
    }

    void close() {
        isClosed = true;
        WatchService closing = service;
        if (closing != null) {
            try {
                closing.close();
            } catch (IOException failure) {
                LOG.warn("the watch of {} was not closed cleanly", root, failure);
            }
        }
    }

    private void poll() {
        if (isClosed) {
            return;
        }
        long nowMillis = clock.monotonicMillis();
        if (isTouched()) {
            touchedMillis = nowMillis;
            firstTouchedMillis = firstTouchedMillis < 0 ? nowMillis : firstTouchedMillis;
        }
        boolean isQuiet = touchedMillis >= 0
                && (nowMillis - touchedMillis >= QUIET_MILLIS || nowMillis - firstTouchedMillis >= RESTLESS_MILLIS);
        boolean isDue = nowMillis - walkedMillis >= (isUnreported ? WALK_UNREPORTED_MILLIS : WALK_MILLIS);
        if ((isQuiet || isDue) && !isWalking) {
            touchedMillis = -1;
            firstTouchedMillis = -1;
            compare();
        }
        work.scheduler().schedule(POLL_MILLIS, this::poll);
    }

    private void compare() {
        isWalking = true;
        Work.watch(
                work.offload(this::walk).handle((found, failure) -> {
                    isWalking = false;
                    walkedMillis = clock.monotonicMillis();
                    Map<Path, Stamp> now = failure == null ? found : Map.of();
                    if (!isClosed && !now.equals(seen)) {
                        seen = now;
                        listener.changed();
                    }
                    return now.size();
                }),
                "looking for changed files");
    }

    private boolean isTouched() {
        WatchService watching = service;
        if (watching == null) {
            return false;
        }
        boolean isTouched = false;
        try {
            for (WatchKey key = watching.poll(); key != null; key = watching.poll()) {
                isTouched |= !key.pollEvents().isEmpty();
                if (!key.reset()) {
                    WatchKey ended = key;
                    keys.values().removeIf(registered -> registered.key.equals(ended));
                    isTouched = true;
                }
            }
        } catch (ClosedWatchServiceException closed) {
            LOG.debug("the watch of {} is already closed", root);
        }
        return isTouched;
    }

    /** What is there now; registers folders that are not watched yet. On a worker, one at a time. */
    private Map<Path, Stamp> walk() throws IOException {
        Map<Path, Stamp> found = new HashMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                register(folder, attributes.fileKey());
                found.put(folder, Stamp.FOLDER);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                found.put(file, Stamp.of(attributes, Files.isExecutable(file)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE; // it shows in the next walk, or is unreadable for the share as well
            }
        });
        if (!Files.isDirectory(root) && root.getParent() != null) {
            register(root.getParent(), null);
        }
        keys.entrySet().removeIf(entry -> {
            boolean isGone =
                    !found.containsKey(entry.getKey()) && !entry.getKey().equals(root.getParent());
            if (isGone) {
                entry.getValue().key.cancel();
            }
            return isGone;
        });
        return found;
    }

    /** @param fileKey of the folder: another folder that took its name is watched anew */
    private void register(Path folder, @Nullable Object fileKey) {
        WatchService watching = service;
        Registered before = keys.get(folder);
        if (watching == null || before != null && Objects.equals(before.fileKey, fileKey)) {
            return;
        }
        if (before != null) {
            before.key.cancel();
            keys.remove(folder);
        }
        if (keys.size() >= FOLDERS_MAX) {
            isUnreported = true;
            return;
        }
        try {
            WatchKey key = folder.register(
                    watching,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            keys.put(folder, new Registered(key, fileKey));
        } catch (IOException | ClosedWatchServiceException noMoreWatches) {
            LOG.info("{} is compared every few seconds: {}", folder, noMoreWatches.toString());
            isUnreported = true;
        }
    }

    /** A watched folder. */
    private record Registered(WatchKey key, @Nullable Object fileKey) {}

    /** What shows that a file changed. */
    private record Stamp(
            long size, long modifiedNanos, @Nullable Object key, boolean isExecutable) {
        static final Stamp FOLDER = new Stamp(-1, -1, null, false);

        static Stamp of(BasicFileAttributes attributes, boolean isExecutable) {
            return new Stamp(
                    attributes.size(),
                    attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                    attributes.fileKey(),
                    isExecutable);
        }
    }
}
