package io.cairn.control.server.route;

import io.cairn.app.CairnException;

/** What the path of a request names does not exist. */
final class NotFoundException extends Exception {
    private static final long serialVersionUID = 1L;

    private final CairnException failure;

    NotFoundException(CairnException failure) {
        super(failure);
        this.failure = failure;
    }

    CairnException failure() {
        return failure;
    }
}
