package io.cairn.app;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ContentChangedException;
import io.cairn.transfer.store.OpenFileBound;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks from time to time at the files of what is shared. Confined to the loop; the files are looked at on workers. */
final class ShareRounds {
    private final Work work;
    private final ShareFiles files;
    private final Register register;

    ShareRounds(Work work, ShareFiles files, Register register) {
        this.work = work;
        this.files = files;
        this.register = register;
    }

    /** What is shared. On the loop. */
    interface Register {
        Collection<ShareEntry> all();

        /** As it is now; null if it is not shared. */
        @Nullable
        ShareEntry entry(Key share);

        /** A file is no longer what was shared: it is not offered any more, and the user is told. */
        void withdraw(Key share, ContentChangedException changed);

        /** What is not served is not kept published. */
        void forgetPublications(Set<Key> shares);
    }

    /**
     * Looks at every file that is served, one system call each, so that a change is told before somebody asks for the file; closes those
     * that nobody has read since the last look.
     */
    void lookForChanges() {
        List<ShareEntry> offered = offered();
        look(offered, work.offload(() -> {
            OpenFileBound.ofProcess().closeUnused();
            return ShareFiles.changes(offered);
        }));
    }

    /** Looks at the files that the operating system says something happened to: once a second. */
    void lookAtTouched() {
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

    /** Whether a share is still served from what was looked at. */
    private boolean isCurrent(ShareEntry looked) {
        ShareEntry now = register.entry(looked.share().hash());
        return now != null && now.content() == looked.content();
    }

    /** What was looked at may be watched again since: not if it has been unshared meanwhile. */
    private void unwatchUnlessOffered(ShareEntry looked) {
        ShareEntry now = register.entry(looked.share().hash());
        if (now == null || !now.isOffered()) {
            files.watch().unwatch(looked.share().hash());
        }
    }
}
