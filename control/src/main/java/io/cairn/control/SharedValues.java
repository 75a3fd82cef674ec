package io.cairn.control;

import io.cairn.app.Values;
import java.util.concurrent.CompletableFuture;

/** The values of whichever node is the current one. */
final class SharedValues implements Values {
    private final Succession succession;

    SharedValues(Succession succession) {
        this.succession = succession;
    }

    @Override
    public CompletableFuture<Written> put(Put put) {
        return succession.carry(on -> on.node().values().put(put));
    }

    @Override
    public CompletableFuture<Read> get(Name name) {
        return succession.carry(on -> on.node().values().get(name));
    }
}
