package io.cairn.transfer.swarm.fetch;

import io.cairn.dht.Provider;
import io.cairn.dht.SearchReport;
import io.cairn.dht.id.Endpoint;
import io.cairn.transfer.swarm.port.DialFailure;
import io.cairn.transfer.swarm.port.PeerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a fetch has seen so far, enough to explain where it stands. Times are monotonic milliseconds of the node's clock.
 *
 * @param search the current or last look-up; null if none has begun
 * @param providers the latest records found, one per provider
 * @param dials the latest, oldest first
 * @param peers those that took part, and those that could have
 * @param troubles why each peer that was tried failed
 * @param atMillis when this was seen
 */
public record FetchFacts(
        @Nullable SearchReport search,
        List<Provider> providers,
        List<DialSeen> dials,
        List<PeerSeen> peers,
        List<FetchOutcome.PeerTrouble> troubles,
        Missing missing,
        long atMillis) {
    public FetchFacts {
        providers = List.copyOf(providers);
        dials = List.copyOf(dials);
        peers = List.copyOf(peers);
        troubles = List.copyOf(troubles);
    }

    /** What a fetch has seen that has only begun. */
    public static FetchFacts nothing(long atMillis) {
        return new FetchFacts(null, List.of(), List.of(), List.of(), List.of(), new Missing(0, List.of(), 0), atMillis);
    }

    /** Why an address was dialled. */
    public enum Origin {
        /** The link, or the user, named it. */
        LINK,
        /** Its record names it. */
        RECORD,
        /** The provider was heard there. */
        HEARD,
        /** Another peer named it. */
        PEER
    }

    /**
     * One dial.
     *
     * @param peer the expected peer; null for any
     * @param endedMillis -1 while it is under way
     * @param failure null while it is under way, and if it connected
     */
    public record DialSeen(
            @Nullable PeerId peer,
            Endpoint endpoint,
            Origin origin,
            long startedMillis,
            long endedMillis,
            @Nullable DialFailure failure) {
        public boolean isUnderWay() {
            return endedMillis < 0;
        }
    }

    /**
     * One peer.
     *
     * @param chunks of the share that it announced last; -1 if it announced none
     * @param delivered chunks that arrived from it and were right
     * @param bad chunks that arrived from it and were wrong
     */
    public record PeerSeen(
            PeerId peer,
            Endpoint endpoint,
            boolean isConnected,
            boolean isBanned,
            int chunks,
            int delivered,
            long bytes,
            int bad) {}

    /**
     * What is not here yet.
     *
     * @param chunks wanted and not here; 0 if the manifest is not here either
     * @param withNobody those of them that no connected peer has and that are not requested, in ascending order; any
     *     {@link io.cairn.transfer.swarm.peer.SwarmLimits#LOCATED_MAX} of them if there are more
     * @param quietMillis since a byte last came, or since the first of the connected peers connected, whichever is later
     */
    public record Missing(int chunks, List<Integer> withNobody, long quietMillis) {
        public Missing {
            withNobody = List.copyOf(withNobody);
        }
    }
}
