package io.cairn.app.share;

import io.cairn.app.work.Work;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ContentChangedException;
import io.cairn.transfer.store.file.OpenFileBound;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Periodically checks the files of shares. Confined to the loop; the files are checked on workers. */
public final class ShareRounds {
    private final Work work;
    private final ShareFiles files;
    private final Register register;

    ShareRounds(Work work, ShareFiles files, Register register) {
        this.work = work;
        this.files = files;
        this.register = register;
    }

    /** The shares. On the loop. */
    interface Register {
        Collection<ShareEntry> all();

        /** The current entry of a share; null if it is not shared. */
        @Nullable
        ShareEntry entry(Key share);

        /** Stops offering a share with a changed file and notifies the user. */
        void withdraw(Key share, ContentChangedException changed);

        /** Clears the publication times of shares that are not served. */
        void forgetPublications(Set<Key> shares);
    }

    /**
     * Checks every served file, one system call each, so that a change is reported before a peer requests the file. Closes the files
     * unread since the last check.
     */
    public void lookForChanges() {
        List<ShareEntry> offered = offered();
        look(offered, work.offload(() -> {
            OpenFileBound.ofProcess().closeUnused();
            return ShareFiles.changes(offered);
        }));
    }

    /** Checks the files in folders in which the operating system reports changes; called once a second. */
    public void lookAtTouched() {
        Set<Key> touched = files.watch().touched();
        if (!touched.isEmpty()) {
            List<ShareEntry> offered = offered().stream()
                    .filter(entry -> touched.contains(entry.share().hash()))
                    .toList();
            look(offered, work.offload(() -> files.changesOfTouched(offered)));
        }
    }

    private List<ShareEntry> offered() {
        return register.all().stream().filter(ShareEntry::isOffered).toList();
    }

    private void look(List<ShareEntry> looked, CompletableFuture<Map<ShareEntry, ContentChangedException>> seen) {
        Work.watch(
                seen.thenAccept(changes -> {
                    changes.entrySet().removeIf(change -> !isCurrent(change.getKey()));
                    changes.forEach(
                            (entry, changed) -> register.withdraw(entry.share().hash(), changed));
                    register.forgetPublications(changes.keySet().stream()
                            .map(entry -> entry.share().hash())
                            .collect(Collectors.toSet()));
                    looked.stream().filter(entry -> !isCurrent(entry)).forEach(this::unwatchUnlessOffered);
                }),
                "looking for changed files");
    }

    /** Whether a share is still served from the content that was checked. */
    private boolean isCurrent(ShareEntry looked) {
        ShareEntry now = register.entry(looked.share().hash());
        return now != null && now.content() == looked.content();
    }

    /** A check may have watched a share again; undoes that if the share is no longer offered. */
    private void unwatchUnlessOffered(ShareEntry looked) {
        ShareEntry now = register.entry(looked.share().hash());
        if (now == null || !now.isOffered()) {
            files.watch().unwatch(looked.share().hash());
        }
    }
}
