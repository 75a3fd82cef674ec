package io.cairn.app.share;

import io.cairn.app.work.HashOwners;
import io.cairn.app.work.Work;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.hashing.FileStamp;
import io.cairn.transfer.content.hashing.PlacedFilesVerifier;
import io.cairn.transfer.content.hashing.VerificationReport;
import io.cairn.transfer.store.file.FileTrace;
import io.cairn.transfer.store.state.StateDatabase;
import io.cairn.transfer.store.state.StoredShare;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers shares again once their files return: a drive was away, a folder was moved and moved back, a damaged file was restored. Files
 * with their old stamps that were away or unchecked since count as unchanged. Others are hashed first, once per observed state, and
 * only if they were away, were replaced, or have their old stamps again after they differed or were found damaged: a file edited
 * in place is no longer the shared one. Confined to the loop; files are checked on workers.
 */
public final class ShareReturns {
    private static final Logger LOG = LoggerFactory.getLogger(ShareReturns.class);

    private final Work work;
    private final ShareFiles files;
    private final StateDatabase state;
    private final HashOwners owners;
    private final Register register;
    private final BooleanSupplier isClosed;
    private final Map<Key, Absence> absences = new LinkedHashMap<>();
    private boolean looking;
    private boolean hashing;

    /** @param isClosed asked on any thread; ends hashing when true */
    ShareReturns(
            Work work,
            ShareFiles files,
            StateDatabase state,
            HashOwners owners,
            Register register,
            BooleanSupplier isClosed) {
        this.work = work;
        this.files = files;
        this.state = state;
        this.owners = owners;
        this.register = register;
        this.isClosed = isClosed;
    }

    /** The shares, offered or not. On the loop. */
    interface Register {
        /** The shares that are not offered. */
        List<ShareEntry> unavailable();

        /** Offers a share whose files have returned. If its entry has changed in the meantime, the files are closed instead. */
        void offerAgain(ShareEntry before, ShareEntry opened);

        /** Marks a share whose files changed although their stamps did not. */
        void doubt(Key hash);
    }

    /** Checks the shares that are not offered; called every second. Costs one system call for a share whose files are away. */
    public void look() {
        List<ShareEntry> unavailable = register.unavailable().stream()
                .filter(entry -> owners.use(entry.share().hash()).isEmpty())
                .toList();
        absences.values().removeIf(absence -> !unavailable.contains(absence.entry));
        if (looking || unavailable.isEmpty()) {
            return;
        }
        looking = true;
        Work.watch(
                work.offload(() -> unavailable.stream().map(ShareReturns::look).toList())
                        .whenComplete((seen, failure) -> looking = false)
                        .thenAccept(seen -> seen.forEach(this::seen)),
                "looking for returned files");
    }

    private static Seen look(ShareEntry entry) {
        try {
            return new Seen(
                    entry, FileTrace.of(entry.share().manifest(), entry.share().path()));
        } catch (IOException away) {
            return new Seen(entry, null);
        }
    }

    private void seen(Seen seen) {
        StoredShare share = seen.entry.share();
        Absence absence = absences.computeIfAbsent(share.hash(), hash -> new Absence(seen.entry));
        List<FileTrace> traces = seen.traces;
        if (!absence.entry.equals(seen.entry) || absence.isReturning) {
            return;
        }
        List<FileTrace> before = absence.last;
        absence.last = traces;
        if (traces == null) {
            absence.wereAway = true;
            return;
        }
        boolean looksTheSame = agree(share.stamps(), traces);
        if (looksTheSame && !absence.wasChanged) {
            returns(absence, share);
            return;
        }
        absence.wasChanged = true;
        boolean isSettled = traces.equals(before);
        if (isSettled && absence.isWorthHashing(traces, looksTheSame) && !hashing) {
            hash(absence, traces, looksTheSame);
        }
    }

    private static boolean agree(List<FileStamp> stamps, List<FileTrace> traces) {
        for (int file = 0; file < stamps.size(); file++) {
            if (!traces.get(file).stamp().agreesWith(stamps.get(file))) {
                return false;
            }
        }
        return true;
    }

    private void hash(Absence absence, List<FileTrace> traces, boolean looksTheSame) {
        StoredShare share = absence.entry.share();
        absence.hashed = traces;
        hashing = true;
        CompletableFuture<Boolean> hashed = work.offload(() -> isIntact(share, traces));
        Work.watch(
                hashed.whenComplete((intact, failure) -> hashing = false).thenAccept(intact -> {
                    if (Boolean.TRUE.equals(intact)) {
                        returns(
                                absence,
                                new StoredShare(
                                        share.manifest(),
                                        share.path(),
                                        FileTrace.stamps(traces),
                                        share.addedMillis(),
                                        0,
                                        share.uploadedBytes()));
                    } else if (looksTheSame && !isClosed.getAsBoolean()) {
                        register.doubt(share.hash());
                    }
                }),
                "hashing returned files");
    }

    private boolean isIntact(StoredShare share, List<FileTrace> traces) throws IOException, InterruptedException {
        try {
            VerificationReport report =
                    PlacedFilesVerifier.verify(share.manifest(), share.path(), bytes -> {}, isClosed);
            return report.isIntact() && traces.equals(FileTrace.of(share.manifest(), share.path()));
        } catch (CancellationException closing) {
            return false;
        } catch (FileSystemException awayAgain) {
            LOG.debug("{} was back and is away again: {}", share.path(), awayAgain.toString());
            return false;
        }
    }

    private void returns(Absence absence, StoredShare share) {
        absence.isReturning = true;
        Work.watch(
                work.offload(() -> reopen(absence.entry, share))
                        .whenComplete((opened, failure) -> absence.isReturning = false)
                        .thenAccept(opened -> opened.forEach(entry -> register.offerAgain(absence.entry, entry))),
                "offering returned files");
    }

    /** Returns one entry, or none if the files have changed again; they are then checked again. */
    private List<ShareEntry> reopen(ShareEntry before, StoredShare share) {
        List<ShareEntry> opened = new ArrayList<>();
        try {
            opened.add(files.open(share));
        } catch (IOException awayAgain) {
            LOG.debug("{} was back and is away again: {}", share.path(), awayAgain.toString());
        }
        if (!opened.isEmpty() && !share.equals(before.share())) {
            try {
                state.shares().put(share);
            } catch (IOException unwritten) {
                LOG.warn("{} will be hashed again after a restart: {}", share.path(), unwritten.toString());
            }
        }
        return opened;
    }

    /** @param traces null if a file is away or cannot be checked */
    private record Seen(ShareEntry entry, @Nullable List<FileTrace> traces) {}

    /** The state of a share that is not offered. */
    private static final class Absence {
        private final ShareEntry entry;
        private boolean wereAway;

        /** Whether the files were found to exist but differ from the shared ones. */
        private boolean wasChanged;

        private boolean isReturning;

        private @Nullable List<FileTrace> last;

        /** The files' state when they were last hashed and found to differ from the share. */
        private @Nullable List<FileTrace> hashed;

        Absence(ShareEntry entry) {
            this.entry = entry;
            this.wereAway = entry.wereAway();
            this.wasChanged = !entry.wereAway();
        }

        boolean isWorthHashing(List<FileTrace> traces, boolean looksTheSame) {
            boolean sizesAgree = true;
            boolean replaced = false;
            for (int file = 0; file < traces.size(); file++) {
                FileStamp now = traces.get(file).stamp();
                sizesAgree &=
                        now.size() == entry.share().manifest().files().get(file).length();
                replaced |=
                        !now.fileKey().equals(entry.share().stamps().get(file).fileKey());
            }
            return sizesAgree && (wereAway || replaced || looksTheSame) && !traces.equals(hashed);
        }
    }
}
