package io.cairn.transfer.swarm.fetch;

import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.manifest.Manifest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which chunks of a share to fetch, and in which order. Fixed when the fetch starts.
 *
 * @param wanted maps the manifest, once known, to the chunks that complete the fetch; others are never requested. They must be chunks of
 *     that share. Called once, on a worker
 * @param sequential in stream order instead of rarest first, for a player or reader that has already started; if all fetches of a swarm do
 *     so, its peers can share less with each other
 * @param patience null for that of the swarm's limits
 */
public record FetchPlan(
        Function<Manifest, ChunkSet> wanted,
        boolean sequential,
        @Nullable Patience patience) {
    /** The whole share, rarest first. */
    public static final FetchPlan WHOLE = new FetchPlan(manifest -> ChunkSet.all(manifest.chunkCount()), false, null);

    /** The whole share, from start to end. */
    public static final FetchPlan SEQUENTIAL = new FetchPlan(WHOLE.wanted, true, null);

    /**
     * How long a fetch waits.
     *
     * @param lookupMillis without a byte or a usable peer from the start, after which there is no provider
     * @param stallMillis without a byte once one has come, after which it has stalled
     */
    public record Patience(int lookupMillis, int stallMillis) {}
}
