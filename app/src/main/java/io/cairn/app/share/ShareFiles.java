package io.cairn.app.share;

import io.cairn.app.work.Reasons;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ContentChangedException;
import io.cairn.transfer.store.file.SharedContent;
import io.cairn.transfer.store.state.StateDatabase;
import io.cairn.transfer.store.state.StateDatabaseException;
import io.cairn.transfer.store.state.StoredShare;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens, watches, checks and closes the files of shares. Disk access runs on workers. */
final class ShareFiles {
    private static final Logger LOG = LoggerFactory.getLogger(ShareFiles.class);

    private final StateDatabase state;
    private final ShareWatch watch = ShareWatch.open();

    ShareFiles(StateDatabase state) {
        this.state = state;
    }

    ShareWatch watch() {
        return watch;
    }

    /**
     * Opens and watches a share.
     *
     * @throws ContentChangedException if a file changed after it was hashed
     */
    ShareEntry open(StoredShare share) throws IOException {
        SharedContent content = SharedContent.open(share.manifest(), share.path(), share.stamps());
        watch(share, content);
        return new ShareEntry(share, content, false);
    }

    /** Reopens shares of earlier runs. */
    List<Reopened> reopen(List<Key> hashes) throws IOException {
        List<Reopened> reopened = new ArrayList<>();
        for (Key hash : hashes) {
            try {
                state.shares().find(hash).map(this::reopen).ifPresent(reopened::add);
            } catch (StateDatabaseException damaged) {
                LOG.warn("the share {} is lost until it is shared again: {}", hash, damaged.getMessage());
            }
        }
        return reopened;
    }

    private Reopened reopen(StoredShare share) {
        try {
            return new Reopened(open(share), null);
        } catch (IOException gone) {
            boolean away = !(gone instanceof ContentChangedException changed) || changed.isRemoved();
            return new Reopened(new ShareEntry(share, null, away), gone);
        }
    }

    /** The offered shares whose files have changed. */
    static Map<ShareEntry, ContentChangedException> changes(Collection<ShareEntry> entries) {
        Map<ShareEntry, ContentChangedException> changes = new LinkedHashMap<>();
        for (ShareEntry entry : entries) {
            SharedContent content = entry.content();
            if (content != null) {
                try {
                    content.checkUnchanged();
                } catch (ContentChangedException changed) {
                    changes.put(entry, changed);
                } catch (IOException unreadable) {
                    changes.put(
                            entry,
                            new ContentChangedException(
                                    entry.share().path(), "cannot be checked: " + Reasons.withFile(unreadable)));
                }
            }
        }
        return changes;
    }

    /** The changed shares among those whose folders were touched. Watches the others again, since a folder may have been away. */
    Map<ShareEntry, ContentChangedException> changesOfTouched(Collection<ShareEntry> entries) {
        Map<ShareEntry, ContentChangedException> changes = changes(entries);
        for (ShareEntry entry : entries) {
            SharedContent content = entry.content();
            if (content != null && !changes.containsKey(entry)) {
                watch(entry.share(), content);
            }
        }
        return changes;
    }

    /** The shares that are not offered, or whose files have changed. */
    static List<ShareEntry> outdated(List<ShareEntry> entries) {
        Set<ShareEntry> changed = changes(entries).keySet();
        return entries.stream()
                .filter(entry -> !entry.isOffered() || changed.contains(entry))
                .toList();
    }

    /** Closes the files of shares, even if some of them fail; returns the number closed without an error. */
    static int close(Collection<ShareEntry> entries) {
        int closed = 0;
        for (ShareEntry entry : entries) {
            SharedContent content = entry.content();
            if (content != null) {
                try {
                    content.close();
                    closed++;
                } catch (IOException failure) {
                    LOG.warn("closing {} failed", entry.share().path(), failure);
                }
            }
        }
        return closed;
    }

    void stopWatching() {
        try {
            watch.close();
        } catch (IOException failure) {
            LOG.warn("closing the watch over shared files failed", failure);
        }
    }

    private void watch(StoredShare share, SharedContent content) {
        watch.watch(share.hash(), share.manifest().isFolder() ? null : share.path(), content.folders());
    }

    /** @param failure the reason it cannot be offered; null if it can */
    record Reopened(ShareEntry entry, @Nullable IOException failure) {}
}
