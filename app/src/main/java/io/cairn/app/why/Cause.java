package io.cairn.app.why;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import io.cairn.app.Reason;
import io.cairn.app.network.Diagnosis;
import io.cairn.app.network.NetworkView;
import io.cairn.dht.SearchReport;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.swarm.fetch.FetchFacts;
import io.cairn.transfer.swarm.peer.SwarmLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one sentence that says why a fetch stands where it stands. A cause of which nothing is wrong says so. */
final class Cause {
    /** Without an answer for this long, a question may have gone astray: longer than a round trip and a repetition. */
    private static final long DOUBT_MILLIS = 1_500;

    /** If every node that was asked has answered, only a node that appears late is waited for. */
    private static final long ANSWERED_DOUBT_MILLIS = 1_000;

    private Cause() {}

    /** @param failure of the last attempt; null if there was none, or if another has begun */
    static Diagnosis of(Fetch.Status status, @Nullable CairnException failure, FetchFacts facts, NetworkView view) {
        return switch (status.state()) {
            case QUEUED ->
                fine("it waits until fewer fetches run, or until this node is done with something else of that hash");
            case LOOKUP -> hasBegun(status, facts) ? chunks(status, facts, view) : searching(facts, view);
            case MANIFEST -> status.chunkCount() > 0 ? arriving(status, facts, view) : searching(facts, view);
            case COMPARING -> fine("what is at the target is compared with the share");
            case CHUNKS -> arriving(status, facts, view);
            case PLACING -> fine("every chunk is here and verified; the files move to their place");
            case DONE -> new Diagnosis("it is complete", Reason.NOTHING_TO_DO.says("nothing to do"));
            case PAUSED -> resumable("it is paused");
            case STOPPED -> resumable("it was stopped; what arrived is kept");
            case CANCELLED -> cancelled();
            case WAITING, FAILED -> failure == null ? searching(facts, view) : failed(status, failure, facts, view);
        };
    }

    private static Diagnosis failed(Fetch.Status status, CairnException failure, FetchFacts facts, NetworkView view) {
        return switch (failure.kind()) {
            case NO_PROVIDER -> unreached(facts, view);
            case STALLED -> status.chunkCount() > 0 ? chunks(status, facts, view) : unreached(facts, view);
            default -> new Diagnosis(failure.why(), failure.advice());
        };
    }

    static Diagnosis cancelled() {
        return new Diagnosis("it was cancelled", Reason.FETCH_AGAIN.says("fetch it again to begin anew"));
    }

    /** Nothing of it is here yet. */
    private static Diagnosis searching(FetchFacts facts, NetworkView view) {
        long connected =
                facts.peers().stream().filter(FetchFacts.PeerSeen::isConnected).count();
        if (connected > 0) {
            return facts.missing().quietMillis() < DOUBT_MILLIS
                    ? fine(count(connected, "peer is", "peers are") + " connected; the manifest is on its way")
                    : new Diagnosis(
                            count(connected, "peer is", "peers are") + " connected but none sends the manifest",
                            Reason.CHECK_THE_SHARE.says("check that the sharing machine still offers it"));
        }
        Diagnosis found = unreached(facts, view);
        boolean isYoung = facts.missing().quietMillis() < (isAnswered(facts) ? ANSWERED_DOUBT_MILLIS : DOUBT_MILLIS);
        return isYoung && facts.troubles().isEmpty() && view.misfits().isEmpty() ? looking(facts) : found;
    }

    private static boolean isAnswered(FetchFacts facts) {
        SearchReport search = facts.search();
        return search != null
                && !search.asked().isEmpty()
                && search.answered() == search.asked().size();
    }

    private static Diagnosis looking(FetchFacts facts) {
        SearchReport search = facts.search();
        return fine(
                search == null
                        ? "its providers are about to be looked for"
                        : "its providers are being looked for: "
                                + count(search.asked().size(), "node", "nodes")
                                + " asked, " + search.answered() + " answered, "
                                + count(facts.providers().size(), "provider", "providers"));
    }

    private static Diagnosis unreached(FetchFacts facts, NetworkView view) {
        return Diagnosis.of(facts.search(), facts.troubles(), view);
    }

    /** Part of it is here, and this attempt has begun to look for the rest. */
    private static boolean hasBegun(Fetch.Status status, FetchFacts facts) {
        return status.chunkCount() > 0 && !isOfNobody(facts);
    }

    private static boolean isOfNobody(FetchFacts facts) {
        return facts.search() == null
                && facts.peers().isEmpty()
                && facts.troubles().isEmpty();
    }

    /** Chunks come from peers, or from a share of this node, for which nobody is looked for. */
    private static Diagnosis arriving(Fetch.Status status, FetchFacts facts, NetworkView view) {
        return isOfNobody(facts)
                ? fine("it is copied from a share of this node: " + status.chunks() + " of " + status.chunkCount()
                        + " chunks are here")
                : chunks(status, facts, view);
    }

    /** Part of it is here, or at least its manifest. */
    private static Diagnosis chunks(Fetch.Status status, FetchFacts facts, NetworkView view) {
        FetchFacts.Missing missing = facts.missing();
        List<FetchFacts.PeerSeen> connected =
                facts.peers().stream().filter(FetchFacts.PeerSeen::isConnected).toList();
        int missingCount = status.chunkCount() - status.chunks();
        String rest = count(missingCount, "chunk", "chunks") + " of " + status.chunkCount()
                + (missingCount == 1 ? " is missing" : " are missing");
        List<FetchFacts.PeerSeen> liars =
                facts.peers().stream().filter(peer -> peer.bad() > 0).toList();
        boolean isQuiet = missing.quietMillis() >= DOUBT_MILLIS || connected.isEmpty();
        if (!liars.isEmpty() && (isQuiet || liars.size() == facts.peers().size())) {
            FetchFacts.PeerSeen worst = liars.get(0);
            return new Diagnosis(
                    count(liars.size(), "peer sends", "peers send") + " chunks that do not match their digests, "
                            + name(worst, view) + " at " + worst.endpoint()
                            + (worst.isBanned() ? ", which is banned now" : ""),
                    Reason.VERIFY_THE_COPY
                            .says("ask the sharing machine to verify its copy and repair it")
                            .and("endpoint", worst.endpoint()));
        }
        if (!isQuiet) {
            return fine("it arrives: " + status.chunks() + " of " + status.chunkCount() + " chunks are here, "
                    + count(connected.size(), "peer", "peers") + " connected");
        }
        if (connected.isEmpty()) {
            Diagnosis cause = unreached(facts, view);
            return new Diagnosis(rest + " and no peer is connected: " + cause.why(), cause.next());
        }
        if (!missing.withNobody().isEmpty()) {
            return new Diagnosis(
                    rest + " and no connected peer has "
                            + lone(missing.withNobody().size(), missingCount),
                    Reason.WAIT_FOR_THE_REST.says("start the machine that has the rest, or wait for it"));
        }
        return new Diagnosis(
                rest + " and "
                        + count(connected.size(), "connected peer sends", "connected peers send")
                        + " nothing for " + missing.quietMillis() / 1_000 + " s",
                Reason.CHECK_THE_SHARE.says("check that the sharing machine and the line to it work"));
    }

    /** @param lone chunks that no connected peer has, as far as they are counted */
    private static String lone(int lone, int missing) {
        if (lone >= missing) {
            return missing == 1 ? "it" : "them";
        }
        return (lone >= SwarmLimits.LOCATED_MAX ? "at least " : "") + lone + " of them";
    }

    private static String name(FetchFacts.PeerSeen seen, NetworkView view) {
        NodeId node = seen.peer().node();
        return node == null ? seen.peer().toString() : view.shown(node);
    }

    private static Diagnosis fine(String sentence) {
        return new Diagnosis(sentence, Reason.NOTHING_TO_DO.says("wait; it goes on by itself"));
    }

    private static Diagnosis resumable(String sentence) {
        return new Diagnosis(sentence, Reason.RESUME_THE_FETCH.says("resume it, or fetch it again to go on from here"));
    }

    private static String count(long count, String one, String several) {
        return count + " " + (count == 1 ? one : several);
    }
}
