package io.cairn.control;

import io.cairn.app.Catalogue;
import io.cairn.app.Operation;

/** The catalogue that whichever node is the current one sees. */
final class SharedCatalogue implements Catalogue {
    private final Succession succession;

    SharedCatalogue(Succession succession) {
        this.succession = succession;
    }

    @Override
    public Operation<Listing, Browsed> browse(Browse what) {
        return SteadyOperation.begun(succession, on -> on.node().catalogue().browse(what));
    }
}
