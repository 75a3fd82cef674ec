package io.cairn.transfer.swarm.trace;

import io.cairn.dht.id.Key;
import io.cairn.transfer.swarm.fetch.FetchListener;
import io.cairn.transfer.swarm.fetch.FetchOutcome;

/** The traces that this node's fetches begin. On the loop. */
public interface FetchTraces {
    /** Of a node without tracing. */
    FetchTraces NONE = new FetchTraces() {
        @Override
        public FetchListener begin(Key share, FetchListener listener) {
            return listener;
        }

        @Override
        public void ended(Key share, FetchOutcome outcome) {}
    };

    /**
     * A fetch is about to start.
     *
     * @return the listener to start it with
     */
    FetchListener begin(Key share, FetchListener listener);

    /** The fetch is over. */
    void ended(Key share, FetchOutcome outcome);
}
