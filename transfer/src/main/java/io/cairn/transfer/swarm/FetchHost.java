package io.cairn.transfer.swarm;

import io.cairn.transfer.content.Content;

/** Serves what a fetch brings, and hears of its end. */
interface FetchHost {
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
