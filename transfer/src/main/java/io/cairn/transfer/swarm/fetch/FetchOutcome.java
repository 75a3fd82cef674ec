package io.cairn.transfer.swarm.fetch;

import io.cairn.dht.SearchReport;
import io.cairn.dht.id.Endpoint;
import io.cairn.transfer.swarm.port.DialFailure;
import io.cairn.transfer.swarm.port.PeerId;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a fetch ended. Where content had been opened, it is the caller's again: to finish, keep or discard. */
public sealed interface FetchOutcome {
    /**
     * All that was wanted is verified. The swarm goes on serving the content until told otherwise.
     *
     * @param peers who gave what
     * @param badChunks chunks that did not match and were fetched again
     */
    record Completed(List<Contribution> peers, int badChunks) implements FetchOutcome {
        public Completed {
            peers = List.copyOf(peers);
        }
    }

    /**
     * Nobody was found who has it.
     *
     * @param search the last look-up; null if none had begun
     * @param peers why each peer that was tried did not do
     */
    record NoProvider(@Nullable SearchReport search, List<PeerTrouble> peers) implements FetchOutcome {
        public NoProvider {
            peers = List.copyOf(peers);
        }
    }

    /**
     * It had begun, but nothing came for too long.
     *
     * @param chunks verified by then
     * @param connected peers with a session that were of no use
     */
    record Stalled(
            int chunks,
            int chunkCount,
            int connected,
            @Nullable SearchReport search,
            List<PeerTrouble> peers) implements FetchOutcome {
        public Stalled {
            peers = List.copyOf(peers);
        }
    }

    /**
     * Only peers that send false data have it.
     *
     * @param badChunks chunks that came false and never right; empty if the manifest was false already
     */
    record Corrupt(List<Integer> badChunks, List<PeerTrouble> liars) implements FetchOutcome {
        public Corrupt {
            badChunks = List.copyOf(badChunks);
            liars = List.copyOf(liars);
        }
    }

    /** The bytes with this hash, or all that peers send for it, are not a manifest that can be used. */
    record InvalidManifest(String reason) implements FetchOutcome {}

    /** Chunks cannot be put where they belong. */
    record StorageFailed(IOException failure) implements FetchOutcome {}

    /** It was told to stop. */
    record Stopped() implements FetchOutcome {}

    /** What one peer gave. */
    record Contribution(PeerId peer, Endpoint endpoint, int chunks, long bytes) {}

    /**
     * Why a peer did not do.
     *
     * @param peer null if it is not known who answers there
     * @param dial why no session came about; null if there was one
     * @param reason completes the sentence "the peer ..."
     */
    record PeerTrouble(@Nullable PeerId peer, Endpoint endpoint, DialFailure.@Nullable Kind dial, String reason) {}
}
