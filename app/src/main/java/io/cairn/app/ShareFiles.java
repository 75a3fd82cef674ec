package io.cairn.app;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ContentChangedException;
import io.cairn.transfer.store.SharedContent;
import io.cairn.transfer.store.StateDatabase;
import io.cairn.transfer.store.StateDatabaseException;
import io.cairn.transfer.store.StoredShare;
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

/** The files of what is shared: opened, watched, looked at and closed. What touches the disk runs on workers. */
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
     * @throws ContentChangedException if a file is not as it was when it was hashed
     */
    ShareEntry open(StoredShare share) throws IOException {
        SharedContent content = SharedContent.open(share.manifest(), share.path(), share.stamps());
        watch(share, content);
        return new ShareEntry(share, content, false);
    }

    /** Opens what earlier runs shared. */
    List<Reopened> reopen(List<Key> hashes) throws IOException {
        List<Reopened> reopened = new ArrayList<>();
        for (Key hash : hashes) {
            try {
                state.shares().find(hash).map(this::reopen).ifPresent(reopened::add);
            } catch (StateDatabaseException damaged) {
                LOG.warn("what was shared as {} is lost until it is shared again: {}", hash, damaged.getMessage());
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

    /** Which shares are not what was shared any more. */
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
                                    entry.share().path(), "cannot be looked at: " + Reasons.withFile(unreadable)));
                }
            }
        }
        return changes;
    }

    /** The same of shares whose folders were touched: a folder that was away and is back with the same files is watched again. */
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

    /** Those that are not offered, or would not be if their files were looked at. */
    static List<ShareEntry> outdated(List<ShareEntry> entries) {
        Set<ShareEntry> changed = changes(entries).keySet();
        return entries.stream()
                .filter(entry -> !entry.isOffered() || changed.contains(entry))
                .toList();
    }

    /** Closes the files of shares, each whatever becomes of the others; gives how many were closed in order. */
    static int close(Collection<ShareEntry> entries) {
        int closed = 0;
        for (ShareEntry entry : entries) {
            SharedContent content = entry.content();
            if (content != null) {
                try {
                    content.close();
                    closed++;
                } catch (IOException failure) {
                    LOG.warn("{} was not closed in order", entry.share().path(), failure);
                }
            }
        }
        return closed;
    }

    void stopWatching() {
        try {
            watch.close();
        } catch (IOException failure) {
            LOG.warn("the watch over shared files was not closed in order", failure);
        }
    }

    private void watch(StoredShare share, SharedContent content) {
        watch.watch(share.hash(), share.manifest().isFolder() ? null : share.path(), content.folders());
    }

    /** @param failure why it cannot be offered; null if it can */
    record Reopened(ShareEntry entry, @Nullable IOException failure) {}
}
