package io.cairn.control.server.route;

import io.cairn.app.CairnException;
import io.cairn.app.FetchTarget;
import io.cairn.app.Node;
import io.cairn.app.values.Pointers;
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
        try {
            return Pointers.resolve(node, text).join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof CairnException expected) {
                throw expected;
            }
            throw failure;
        }
    }
}
