package io.cairn.shell.session;

import io.cairn.app.CairnException;
import io.cairn.app.FetchTarget;
import io.cairn.app.Node;
import io.cairn.app.Verifier;
import io.cairn.shell.output.Output;
import java.util.concurrent.CompletableFuture;

/**
 * What a command works with: a running node, where to tell of it, and how to hear that it should stop.
 *
 * @param owned whether the node ends with the command
 */
public record Session(Node node, Verifier verifier, Output output, Stops stops, boolean owned)
        implements AutoCloseable {
    public <T> T await(CompletableFuture<T> future) throws CairnException, StoppedException {
        return stops.await(future);
    }

    public FetchTarget resolve(String hashOrLink) throws CairnException {
        return node.resolve(hashOrLink);
    }

    /** Serves until the wish to stop, and says so unless there is one already, or nothing is offered. */
    public Stop serve() {
        if (!stops.wish().isDone()) {
            boolean offers = node.shares().stream().anyMatch(Node.Share::available);
            output.note(
                    offers
                            ? "serving until Ctrl-C"
                            : "nothing is offered, since the files are not what was shared; waiting until Ctrl-C");
        }
        return stops.awaitStop();
    }

    @Override
    public void close() {
        if (owned) {
            node.close();
        }
    }
}
