package io.cairn.app.share;

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
 * Watches folders with shared files for changes reported by the operating system. It returns the shares to check; only a check of the
 * files shows whether they changed. Folders that cannot be watched, because the system or the bound allows no more watches, are
 * covered by the check of all files every half minute. Thread-safe; registering accesses the disk.
 */
final class ShareWatch implements AutoCloseable {
    /** Most watched folders: half of Linux's smallest default limit per user. */
    private static final int FOLDERS_MAX = 4_096;

    private static final Logger LOG = LoggerFactory.getLogger(ShareWatch.class);

    private final @Nullable WatchService service;
    private final Map<Path, Watched> folders = new HashMap<>();

    private ShareWatch(@Nullable WatchService service) {
        this.service = service;
    }

    /** Opens a watch; it reports nothing if the system supports none. */
    static ShareWatch open() {
        try {
            return new ShareWatch(FileSystems.getDefault().newWatchService());
        } catch (IOException | UnsupportedOperationException none) {
            LOG.info("shared files are checked only every half minute: {}", none.toString());
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

    /** Stops watching a share. */
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

    /** Cancels a key; another thread may have closed the watch. */
    private static void cancel(WatchKey key) {
        try {
            key.cancel();
        } catch (ClosedWatchServiceException closed) {
            LOG.debug("the watch is already closed");
        }
    }

    /** The shares whose files may have changed since the last call. Never blocks. */
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
                    folders.remove(folder); // removed or unmounted; watched again with its shares
                    watched.shares.values().forEach(touched::addAll);
                }
            }
        } catch (ClosedWatchServiceException closed) {
            LOG.debug("the watch is already closed");
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
            LOG.info("{} is checked only every half minute: {}", folder, noMoreWatches.toString());
            return null;
        } catch (ClosedWatchServiceException closed) {
            LOG.debug("the watch is already closed");
            return null;
        }
    }

    /** A watched folder. Shares of single files are keyed by file, all others by the folder. */
    private static final class Watched {
        private final WatchKey key;
        private final Map<Path, Set<Key>> shares = new HashMap<>();

        Watched(WatchKey key) {
            this.key = key;
        }

        /** @param name the name of the touched entry; null if the system lost events, so that any entry may be meant */
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
