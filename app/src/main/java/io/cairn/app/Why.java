package io.cairn.app;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a fetch stands where it stands, and what this node has seen of it. Times are wall-clock milliseconds since 1970. Each list holds
 * at most {@link #LISTED_MAX} elements.
 *
 * @param name of the share; empty if unknown
 * @param state of the fetch; null if the hash was never fetched here
 * @param cause in one sentence
 * @param next the step that the cause suggests
 * @param asked the nodes asked in the last look-up, closest to the hash first
 * @param providers the records found, also in earlier attempts
 * @param dials the latest, oldest first
 * @param peers those that took part in the last attempt
 * @param atMillis when this was so
 */
public record Why(
        Key hash,
        String name,
        @Nullable FetchState state,
        String cause,
        Advice next,
        List<Asked> asked,
        List<ProviderFound> providers,
        List<Dialled> dials,
        Missing missing,
        List<PeerSeen> peers,
        long atMillis) {
    /** Most elements of each list: more than anyone reads, and little enough to keep for a hundred fetches. */
    public static final int LISTED_MAX = 64;

    public Why {
        asked = asked.stream().limit(LISTED_MAX).toList();
        providers = providers.stream().limit(LISTED_MAX).toList();
        dials = dials.subList(Math.max(0, dials.size() - LISTED_MAX), dials.size()).stream()
                .toList();
        peers = peers.stream().limit(LISTED_MAX).toList();
    }

    /** What a node said when it was asked. Output has the name in lower case. */
    public enum Said {
        /** It has not answered yet. */
        WAITING,
        ANSWERED,
        SILENT;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A node that was asked for records.
     *
     * @param records in its answer
     * @param closer nodes that it named and that are closer to the hash
     * @param tookMillis until the answer; -1 without one
     * @param detail of a node that has not answered: what its address sends that this node cannot accept; else empty
     */
    public record Asked(
            NodeId node, Endpoint endpoint, Said said, int records, int closer, long tookMillis, String detail) {}

    /**
     * The record of a provider.
     *
     * @param endpoints that it names and that are usable here
     * @param publishedMillis by its clock; 0 if unknown
     */
    public record ProviderFound(NodeId node, List<Endpoint> endpoints, long publishedMillis, long expiryMillis) {
        public ProviderFound {
            endpoints = List.copyOf(endpoints);
        }

        public boolean isExpired(long wallMillis) {
            return expiryMillis <= wallMillis;
        }
    }

    /** Why an address was dialled. Output has the name in lower case. */
    public enum Origin {
        /** The link, or the user, named it. */
        LINK,
        /** The provider's record names it. */
        RECORD,
        /** The provider was heard there. */
        HEARD,
        /** Another peer named it. */
        PEER;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How a dial ended. Output has the name in lower case, with spaces in text and underscores in JSON. */
    public enum DialEnd {
        UNDER_WAY,
        CONNECTED,
        /** Nothing listens there. */
        REFUSED,
        NO_ANSWER,
        NO_ROUTE,
        /** It is another node than expected. */
        WRONG_IDENTITY,
        OTHER_NETWORK,
        OTHER_CLOCK,
        OTHER_VERSION,
        TLS_FAILED,
        /** Something else than Cairn listens there. */
        NOT_CAIRN,
        /** It closed the connection without a word. */
        NOT_GREETED,
        /** It is this node itself. */
        THIS_NODE,
        /** This node did not go through with it. */
        NOT_DIALLED,
        /** Its greeting was not acceptable. */
        NOT_ACCEPTED;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * An address that was dialled.
     *
     * @param node the expected one; null for any
     * @param detail completes the sentence "the peer ...", or is empty
     * @param startedMillis when the dial began
     * @param tookMillis until its end, or until now
     */
    public record Dialled(
            Endpoint address,
            @Nullable NodeId node,
            Origin origin,
            DialEnd end,
            String detail,
            long startedMillis,
            long tookMillis) {}

    /**
     * What is not here yet.
     *
     * @param chunks wanted and not here
     * @param chunkCount wanted; 0 until the manifest is here
     * @param withNobody those not here that no connected peer has, in ascending order; at most {@link #LISTED_MAX} are named
     * @param withNobodyCount how many these are; at most 256, whichever they are, are counted
     */
    public record Missing(int chunks, int chunkCount, List<Integer> withNobody, int withNobodyCount) {
        public Missing {
            withNobody = withNobody.stream().limit(LISTED_MAX).toList();
        }
    }

    /**
     * A peer that took part.
     *
     * @param node null if it has no node id
     * @param isBanned whether it sent too much that was wrong, and is not used for an hour
     * @param chunks that it announced last; -1 if it announced none
     * @param delivered chunks from it that were right
     * @param bad chunks from it that were wrong
     * @param trouble completes the sentence "the peer ...", or is empty
     */
    public record PeerSeen(
            @Nullable NodeId node,
            Endpoint endpoint,
            boolean isConnected,
            boolean isBanned,
            int chunks,
            int delivered,
            long bytes,
            int bad,
            String trouble) {}

    /** The same with another cause. */
    public Why because(String otherCause, Advice otherNext) {
        return new Why(hash, name, state, otherCause, otherNext, asked, providers, dials, missing, peers, atMillis);
    }

    /** The same in another state. */
    public Why in(FetchState other) {
        return new Why(hash, name, other, cause, next, asked, providers, dials, missing, peers, atMillis);
    }

    /** The same with other records. */
    public Why with(List<ProviderFound> others) {
        return new Why(hash, name, state, cause, next, asked, others, dials, missing, peers, atMillis);
    }
}
