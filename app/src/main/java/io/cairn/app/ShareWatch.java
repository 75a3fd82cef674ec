package io.cairn.app;

import io.cairn.dht.id.Key;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears from the operating system that something happened in a folder with shared files. Says of which shares the files should be looked
 * at; whether they changed is seen from the files themselves. What cannot be watched, because the system has no more watches to
 * give or the bound is reached, is found by the look at all files every half minute. Thread-safe; registering touches the disk.
 */
final class ShareWatch implements AutoCloseable {
    /** Most folders that are watched: half of what Linux gave one user in all, when it gave least. */
    private static final int FOLDERS_MAX = 4_096;

    private static final Logger LOG = LoggerFactory.getLogger(ShareWatch.class);

    private final @Nullable WatchService service;
    private final Map<Path, Watched> folders = new HashMap<>();

    private ShareWatch(@Nullable WatchService service) {
        this.service = service;
    }

    /** A watch that hears nothing where the system has none. */
    static ShareWatch open() {
        try {
            return new ShareWatch(FileSystems.getDefault().newWatchService());
        } catch (IOException | UnsupportedOperationException none) {
            LOG.info("shared files are looked at every half minute only: {}", none.toString());
            return new ShareWatch(null);
        }
    }

    /**
     * Watches the folders of a share.
     *
     * @param file the shared file; null for a folder
     */
    synchronized void watch(Key share, @Nullable Path file, Set<Path> in) {
        for (Path folder : in) {
            Watched watched = folders.get(folder);
            if (watched == null && folders.size() < FOLDERS_MAX) {
                watched = register(folder);
            }
            if (watched != null) {
                watched.shares
                        .computeIfAbsent(file == null ? folder : file, place -> new LinkedHashSet<>())
                        .add(share);
            }
        }
    }

    /** Watches for a share no more. */
    synchronized void unwatch(Key share) {
        folders.values().removeIf(watched -> {
            watched.shares.values().forEach(shares -> shares.remove(share));
            watched.shares.values().removeIf(Set::isEmpty);
            if (watched.shares.isEmpty()) {
                cancel(watched.key);
            }
            return watched.shares.isEmpty();
        });
    }

    /** Another thread may have closed the watch meanwhile. */
    private static void cancel(WatchKey key) {
        try {
            key.cancel();
        } catch (ClosedWatchServiceException closed) {
            LOG.debug("the watch was closed meanwhile");
        }
    }

    /** The shares whose files something may have happened to since the last call. Never waits. */
    synchronized Set<Key> touched() {
        Set<Key> touched = new LinkedHashSet<>();
        try {
            for (WatchKey key = poll(); key != null; key = poll()) {
                Path folder = (Path) key.watchable();
                Watched watched = folders.get(folder);
                for (var event : key.pollEvents()) {
                    if (watched != null) {
                        watched.touched(folder, event.context(), touched);
                    }
                }
                if (!key.reset() && watched != null && watched.key == key) {
                    folders.remove(folder); // it was removed or unmounted: watched again when its shares are
                    watched.shares.values().forEach(touched::addAll);
                }
            }
        } catch (ClosedWatchServiceException closed) {
            LOG.debug("the watch was closed meanwhile");
        }
        return touched;
    }

    @Override
    public synchronized void close() throws IOException {
        if (service != null) {
            service.close();
        }
    }

    private @Nullable WatchKey poll() {
        return service == null ? null : service.poll();
    }

    private @Nullable Watched register(Path folder) {
        if (service == null) {
            return null;
        }
        try {
            Watched watched = new Watched(folder.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE));
            folders.put(folder, watched);
            return watched;
        } catch (IOException noMoreWatches) {
            LOG.info("{} is looked at every half minute only: {}", folder, noMoreWatches.toString());
            return null;
        } catch (ClosedWatchServiceException closed) {
            LOG.debug("the watch was closed meanwhile");
            return null;
        }
    }

    /** A watched folder: the shares of single files in it under these files, the others under the folder. */
    private static final class Watched {
        private final WatchKey key;
        private final Map<Path, Set<Key>> shares = new HashMap<>();

        Watched(WatchKey key) {
            this.key = key;
        }

        /** @param name of what was touched; null if the system has lost count, so that it may be anything */
        void touched(Path folder, @Nullable Object name, Set<Key> found) {
            if (name == null) {
                shares.values().forEach(found::addAll);
            } else {
                found.addAll(shares.getOrDefault(folder, Set.of()));
                found.addAll(shares.getOrDefault(folder.resolve((Path) name), Set.of()));
            }
        }
    }
}
