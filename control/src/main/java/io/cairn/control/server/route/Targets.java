package io.cairn.control.server.route;

import io.cairn.app.CairnException;
import io.cairn.app.FetchTarget;
import io.cairn.app.Node;

/** What a path names: a hash, a link, a prefix or a name. */
final class Targets {
    private Targets() {}

    /** Resolves the parameter {@code target}. */
    static FetchTarget named(Node node, Call call) throws CairnException, NotFoundException {
        try {
            return node.resolve(call.parameter("target"));
        } catch (CairnException unknown) {
            throw new NotFoundException(unknown);
        }
    }
}
