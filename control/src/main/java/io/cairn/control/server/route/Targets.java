package io.cairn.control.server.route;

import io.cairn.app.CairnException;
import io.cairn.app.FetchTarget;
import io.cairn.app.Node;
import io.cairn.app.catalogue.Wanted;
import io.cairn.app.values.Pointers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What a path or a body names: a hash, a link, a prefix, a name known here, or a value that points to a share. */
final class Targets {
    private Targets() {}

    /** Resolves the parameter {@code target}. */
    static FetchTarget named(Node node, Call call) throws CairnException, NotFoundException {
        try {
            return resolve(node, call.parameter("target"));
        } catch (CairnException unknown) {
            throw new NotFoundException(unknown);
        }
    }

    /** Resolves a text; waits for the network where a value must be read, which ends by itself. */
    static FetchTarget resolve(Node node, String text) throws CairnException {
        return wait(Pointers.resolve(node, text));
    }

    /** Resolves what a fetch takes, words from what other nodes list among it; a torrent file is named by its absolute path. */
    static FetchTarget wanted(Node node, String text) throws CairnException {
        return wait(Wanted.resolve(node, text, null));
    }

    private static FetchTarget wait(CompletableFuture<FetchTarget> target) throws CairnException {
        try {
            return target.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof CairnException expected) {
                throw expected;
            }
            throw failure;
        }
    }
}
