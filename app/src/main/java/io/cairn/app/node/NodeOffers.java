package io.cairn.app.node;

import io.cairn.app.Offers;
import io.cairn.app.share.Shares;
import io.cairn.dht.id.Key;
import java.util.concurrent.CompletableFuture;

/** For whom the shares of this node are, callable from any thread. */
final class NodeOffers implements Offers {
    private final Answers answers;
    private final Shares shares;

    NodeOffers(Answers answers, Shares shares) {
        this.answers = answers;
        this.shares = shares;
    }

    @Override
    public Offer of(Key hash) {
        return answers.unlessClosed(shares.restored(), () -> shares.audiences().of(hash), Offer.OPEN);
    }

    @Override
    public CompletableFuture<Offered> change(Key hash, Offer offer) {
        return answers.of("cannot change for whom " + hash + " is", () -> shares.change(hash, offer));
    }
}
