package io.cairn.app.fetch.run;

import io.cairn.app.Advice;
import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Fetch;
import io.cairn.app.Reason;
import io.cairn.app.network.Diagnosis;
import io.cairn.app.network.NetworkView;
import io.cairn.app.work.Reasons;
import io.cairn.dht.SearchReport;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.NothingChosenException;
import io.cairn.transfer.store.file.DiskFullException;
import io.cairn.transfer.store.part.PartDamagedException;
import io.cairn.transfer.swarm.fetch.FetchOutcome;
import io.cairn.transfer.swarm.fetch.FetchOutcome.PeerTrouble;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Explains to the user why a fetch failed: what, why, and what to do next. */
public final class FetchFailures {
    private static final int NAMED_MAX = 8;

    private FetchFailures() {}

    /** @param view the network as this node sees it now */
    public static CairnException of(Key hash, FetchOutcome outcome, NetworkView view) {
        String what = "cannot fetch " + hash.toHex();
        if (outcome instanceof FetchOutcome.NoProvider none) {
            Diagnosis diagnosis = Diagnosis.of(none.search(), none.peers(), view);
            if (diagnosis.isDenied()) {
                return new CairnException(
                        Kind.DENIED, what, diagnosis.why(), diagnosis.next().and("hash", hash));
            }
            return new CairnException(
                    Kind.NO_PROVIDER,
                    what,
                    "no peer that has it could be reached: " + diagnosis.why() + "; " + asked(none.search(), view)
                            + troubles(none.peers()),
                    diagnosis.next().and("hash", hash));
        }
        if (outcome instanceof FetchOutcome.Stalled stalled) {
            return new CairnException(
                    Kind.STALLED,
                    what,
                    "nothing came for " + stalled.quietMillis() / 1_000 + " seconds, with " + stalled.chunks() + " of "
                            + stalled.chunkCount()
                            + " chunks here and "
                            + stalled.connected() + (stalled.connected() == 1 ? " peer" : " peers") + " connected: "
                            + asked(stalled.search(), view)
                            + troubles(stalled.peers()),
                    Reason.WAIT_FOR_THE_REST
                            .says(
                                    "run the same command again to go on from here when a machine that has the rest is back")
                            .and("hash", hash));
        }
        if (outcome instanceof FetchOutcome.Corrupt corrupt) {
            return new CairnException(
                    Kind.INTEGRITY,
                    what,
                    "only peers that send false data have it" + troubles(corrupt.liars()),
                    Reason.VERIFY_THE_COPY
                            .says(
                                    "ask the sharing machine to verify its copy; what was good so far is kept for a later try")
                            .and("hash", hash));
        }
        if (outcome instanceof FetchOutcome.InvalidManifest invalid) {
            return new CairnException(
                    Kind.INTEGRITY,
                    what,
                    "its manifest cannot be used: " + invalid.reason(),
                    Reason.SHARE_AGAIN.says("share it again with cairn").and("hash", hash));
        }
        if (outcome instanceof FetchOutcome.StorageFailed storage) {
            return storage(what, storage.failure());
        }
        return stopped(hash);
    }

    /** The failure of some work of a fetch. */
    public static CairnException of(Key hash, Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        if (cause instanceof CairnException known) {
            return known;
        }
        String what = "cannot fetch " + hash.toHex();
        return cause instanceof IOException io
                ? storage(what, io)
                : new CairnException(
                        Kind.OTHER,
                        what,
                        String.valueOf(cause),
                        Reason.REPORT_THE_FAULT.says("report what the log says").and("hash", hash),
                        cause);
    }

    public static CairnException storage(String what, IOException failure) {
        if (failure instanceof DiskFullException full) {
            return new CairnException(
                    Kind.DISK_FULL,
                    what,
                    String.valueOf(full.getMessage()),
                    Reason.CHOOSE_A_TARGET_WITH_ROOM.says(
                            "make room or choose another target; what was fetched is kept"),
                    full);
        }
        if (failure instanceof PartDamagedException damaged) {
            return new CairnException(
                    Kind.INTEGRITY,
                    what,
                    String.valueOf(damaged.getMessage()),
                    "end the program that writes there, and run the same command again to go on from here",
                    damaged);
        }
        if (Reasons.isDiskFull(failure)) {
            return new CairnException(
                    Kind.DISK_FULL,
                    what,
                    Reasons.withFile(failure),
                    Reason.MAKE_ROOM.says("make room on that disk and run the same command again"),
                    failure);
        }
        if (failure instanceof FileAlreadyExistsException exists) {
            return new CairnException(
                    Kind.EXISTS,
                    what,
                    exists.getFile() + " exists already"
                            + (exists.getReason() == null ? "" : ", " + exists.getReason()),
                    Reason.NAME_THE_TARGET
                            .says("name another target, or have this one overwritten or the new one renamed")
                            .and("path", exists.getFile()),
                    exists);
        }
        if (failure instanceof NothingChosenException nothing) {
            return new CairnException(
                    Kind.USAGE,
                    "nothing in this share fits " + nothing.patterns(),
                    String.valueOf(nothing.getMessage()),
                    Reason.CHOOSE_OTHER_FILES
                            .says("give a pattern that names one of these, or none to fetch all")
                            .and("patterns", nothing.patterns()),
                    nothing);
        }
        if (failure.getCause() instanceof CairnException known) {
            return known;
        }
        return new CairnException(
                Reasons.kind(failure),
                what,
                Reasons.withFile(failure),
                Reasons.isDenied(failure)
                        ? "make it writable for the user that runs the node, or name another target"
                        : "put that right and run the same command again",
                failure);
    }

    /** Refuses to change a fetch that has ended. */
    public static CompletableFuture<Fetch.Status> ended(String verb, Key hash, Fetch.Status status, Advice next) {
        return CompletableFuture.failedFuture(new CairnException(
                Kind.OTHER,
                "cannot " + verb + " the fetch of " + hash.toHex(),
                "it has ended: it is " + status.state().text(),
                next.and("hash", hash).and("state", status.state().text())));
    }

    /** The target exists, and without the manifest it is unknown whether it is the share. */
    static CairnException uncompared(Key hash, Path target, CairnException nobody) {
        return new CairnException(
                Kind.EXISTS,
                "cannot fetch " + hash.toHex(),
                target + " exists already, and whether it is the same cannot be told: " + nobody.why(),
                Reason.NAME_THE_TARGET_OR_VERIFY
                        .says(
                                "name another target, have this one overwritten or the new one renamed, or verify it when a"
                                        + " machine that has it is there")
                        .and("hash", hash)
                        .and("path", target),
                nobody);
    }

    /** Nobody knows a provider any more, and this is known of the last one. */
    static CairnException lapsed(Key hash, Diagnosis last) {
        return new CairnException(
                Kind.NO_PROVIDER,
                "cannot fetch " + hash.toHex(),
                last.why(),
                last.next().and("hash", hash));
    }

    /** Another fetch of the same hash is running. */
    public static CairnException busy(Key hash) {
        return new CairnException(
                Kind.OTHER,
                "cannot fetch " + hash.toHex(),
                "this node is fetching it already",
                Reason.WATCH_THE_FETCH.says("see how far that fetch is").and("hash", hash));
    }

    public static CairnException stopped(Key hash) {
        return new CairnException(
                Kind.INTERRUPTED,
                "stopped fetching " + hash.toHex(),
                "it was told to stop",
                "run the same command again to go on from here");
    }

    public static CairnException cancelled(Key hash) {
        return new CairnException(
                Kind.INTERRUPTED,
                "cancelled the fetch of " + hash.toHex(),
                "it was told to",
                Reason.FETCH_AGAIN.says("fetch it again to begin anew").and("hash", hash));
    }

    private static String asked(@Nullable SearchReport search, NetworkView view) {
        if (search == null || search.asked().isEmpty()) {
            return "asked nobody, because no node of the network is known here";
        }
        List<SearchReport.Asked> asked = search.asked();
        String named = asked.stream()
                .limit(NAMED_MAX)
                .map(one -> view.shown(one.contact().id()) + " at "
                        + one.contact().endpoint()
                        + (one.outcome() == SearchReport.Outcome.ANSWERED ? "" : " (silent)"))
                .collect(Collectors.joining(", "));
        return "asked " + asked.size() + (asked.size() == 1 ? " node, " : " nodes, ") + search.answered()
                + " answered, "
                + search.providers() + " named as providers; asked " + named
                + (asked.size() > NAMED_MAX ? " and " + (asked.size() - NAMED_MAX) + " more" : "");
    }

    private static String troubles(List<PeerTrouble> peers) {
        return peers.stream()
                .limit(NAMED_MAX)
                .map(trouble -> "; the peer at " + trouble.endpoint() + " " + trouble.reason())
                .collect(Collectors.joining());
    }
}
