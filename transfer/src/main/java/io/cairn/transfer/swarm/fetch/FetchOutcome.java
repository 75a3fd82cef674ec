package io.cairn.transfer.swarm.fetch;

import io.cairn.dht.SearchReport;
import io.cairn.dht.id.Endpoint;
import io.cairn.transfer.swarm.port.DialFailure;
import io.cairn.transfer.swarm.port.PeerId;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a fetch ended. Content that had been opened is now the caller's: to finish, keep or discard. */
public sealed interface FetchOutcome {
    /**
     * All wanted chunks are verified. The swarm keeps serving the content until it is withdrawn.
     *
     * @param peers what each peer contributed
     * @param badChunks chunks that did not match and were fetched again
     */
    record Completed(List<Contribution> peers, int badChunks) implements FetchOutcome {
        public Completed {
            peers = List.copyOf(peers);
        }
    }

    /**
     * No provider was found.
     *
     * @param search the last look-up; null if none had begun
     * @param peers why each peer that was tried failed
     */
    record NoProvider(@Nullable SearchReport search, List<PeerTrouble> peers) implements FetchOutcome {
        public NoProvider {
            peers = List.copyOf(peers);
        }
    }

    /**
     * It had begun, but no byte arrived for too long.
     *
     * @param chunks verified by then
     * @param connected peers with a session that were of no use
     * @param quietMillis since the last byte
     */
    record Stalled(
            int chunks,
            int chunkCount,
            int connected,
            long quietMillis,
            @Nullable SearchReport search,
            List<PeerTrouble> peers)
            implements FetchOutcome {
        public Stalled {
            peers = List.copyOf(peers);
        }
    }

    /**
     * Only peers that send false data have it.
     *
     * @param badChunks chunks that arrived false and never right; empty if the manifest was already false
     */
    record Corrupt(List<Integer> badChunks, List<PeerTrouble> liars) implements FetchOutcome {
        public Corrupt {
            badChunks = List.copyOf(badChunks);
            liars = List.copyOf(liars);
        }
    }

    /** The bytes with this hash, or everything that peers send for it, are not a usable manifest. */
    record InvalidManifest(String reason) implements FetchOutcome {}

    /** Chunks cannot be written to their target. */
    record StorageFailed(IOException failure) implements FetchOutcome {}

    /** It was stopped. */
    record Stopped() implements FetchOutcome {}

    /** What one peer contributed. */
    record Contribution(PeerId peer, Endpoint endpoint, int chunks, long bytes) {}

    /**
     * Why a peer failed.
     *
     * @param peer null if the peer at the endpoint is unknown
     * @param dial why no session could be opened; null if there was one
     * @param reason completes the sentence "the peer ..."
     */
    record PeerTrouble(@Nullable PeerId peer, Endpoint endpoint, DialFailure.@Nullable Kind dial, String reason) {}
}
