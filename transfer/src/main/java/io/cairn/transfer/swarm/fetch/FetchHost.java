package io.cairn.transfer.swarm.fetch;

import io.cairn.transfer.content.Content;
import io.cairn.transfer.swarm.peer.ServedShare;

/** Serves the chunks of a fetch while they arrive, and hears when it ends. */
public interface FetchHost {
    /** Serves the content that is being fetched. */
    ServedShare serveGrowing(Content content);

    /** A fetch has written and verified a chunk. */
    void gained(ServedShare share, int chunk);

    /**
     * A fetch has ended.
     *
     * @param keepServing whether the share stays served from the fetched content
     */
    void ended(SwarmFetch fetch, boolean keepServing);
}
