package io.cairn.control;

import io.cairn.app.Catalogue;
import io.cairn.app.FetchTarget;
import io.cairn.app.Operation;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The catalogue that whichever node is the current one sees. */
final class SharedCatalogue implements Catalogue {
    private final Succession succession;

    SharedCatalogue(Succession succession) {
        this.succession = succession;
    }

    @Override
    public Operation<Heard, Browsed> browse(Browse what) {
        return SteadyOperation.begun(succession, on -> on.node().catalogue().browse(what));
    }

    @Override
    public List<Listing> known() {
        return succession.ask(on -> on.node().catalogue().known());
    }

    @Override
    public CompletableFuture<FetchTarget> find(List<String> words) {
        return succession.carry(on -> on.node().catalogue().find(words));
    }

    @Override
    public CompletableFuture<Matches> matches(List<String> words) {
        return succession.carry(on -> on.node().catalogue().matches(words));
    }
}
