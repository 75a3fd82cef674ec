package io.cairn.transfer.swarm.fetch;

import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.manifest.Manifest;
import java.util.function.Function;

/**
 * Which chunks of a share to fetch, and in which order. Fixed when the fetch starts.
 *
 * @param wanted of the manifest, once that is known: the chunks without which the fetch is not complete; others are never asked
 *     for, and have to be chunks of that share. Called once, on a worker
 * @param sequential in the order of the stream instead of rarest first, for a player or a reader that has begun already; a swarm in which
 *     all fetch so shares less among its peers
 */
public record FetchPlan(Function<Manifest, ChunkSet> wanted, boolean sequential) {
    /** All of a share, rarest first. */
    public static final FetchPlan WHOLE = new FetchPlan(manifest -> ChunkSet.all(manifest.chunkCount()), false);

    /** All of a share, from its beginning to its end. */
    public static final FetchPlan SEQUENTIAL = new FetchPlan(WHOLE.wanted, true);
}
