package io.cairn.transfer.swarm.fetch;

import io.cairn.transfer.content.Content;
import io.cairn.transfer.swarm.peer.ServedShare;

/** Serves what a fetch brings, and hears of its end. */
public interface FetchHost {
    /** Serves what is being fetched. */
    ServedShare serveGrowing(Content content);

    /** A chunk has been added to what is being fetched. */
    void gained(ServedShare share, int chunk);

    /**
     * A fetch has ended.
     *
     * @param keepServing whether the share stays served from where the fetch put it
     */
    void ended(SwarmFetch fetch, boolean keepServing);
}
