package io.cairn.app.node;

import io.cairn.app.CairnException;
import io.cairn.app.Offers;
import io.cairn.app.share.Shares;
import io.cairn.app.work.Work;
import io.cairn.dht.id.Key;
import java.util.concurrent.CompletableFuture;

/** For whom the shares of this node are, callable from any thread. */
final class NodeOffers implements Offers {
    private final Work work;
    private final Answers answers;
    private final Shares shares;

    NodeOffers(Work work, Answers answers, Shares shares) {
        this.work = work;
        this.answers = answers;
        this.shares = shares;
    }

    @Override
    public Offer of(Key hash) {
        try {
            return work.ask(shares.restored(), () -> shares.audiences().of(hash));
        } catch (CairnException isClosed) {
            return Offer.OPEN;
        }
    }

    @Override
    public CompletableFuture<Offered> change(Key hash, Offer offer) {
        return answers.of("cannot change for whom " + hash + " is", () -> shares.change(hash, offer));
    }
}
