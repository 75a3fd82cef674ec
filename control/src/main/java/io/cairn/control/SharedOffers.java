package io.cairn.control;

import io.cairn.app.Offers;
import io.cairn.dht.id.Key;
import java.util.concurrent.CompletableFuture;

/** The offers of whichever node is the current one. */
final class SharedOffers implements Offers {
    private final Succession succession;

    SharedOffers(Succession succession) {
        this.succession = succession;
    }

    @Override
    public Offer of(Key hash) {
        return succession.ask(on -> on.node().offers().of(hash));
    }

    @Override
    public CompletableFuture<Offered> change(Key hash, Offer offer) {
        return succession.carry(on -> on.node().offers().change(hash, offer));
    }
}
