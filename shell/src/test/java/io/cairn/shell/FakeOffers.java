package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Offers;
import io.cairn.dht.id.Key;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** For whom the shares of a {@link FakeNode} are. */
final class FakeOffers implements Offers {
    private final FakeNode node;
    private final Map<Key, Offer> offers = new LinkedHashMap<>();

    FakeOffers(FakeNode node) {
        this.node = node;
    }

    @Override
    public Offer of(Key hash) {
        return offers.getOrDefault(hash, Offer.OPEN);
    }

    @Override
    public CompletableFuture<Offered> change(Key hash, Offer offer) {
        return node.shares().stream()
                .filter(share -> share.hash().equals(hash))
                .findFirst()
                .map(share -> {
                    offers.put(hash, offer);
                    String link = node.link(hash).orElse("");
                    return node.answer(new Offered(hash, share.name(), offer, link));
                })
                .orElseGet(() -> CompletableFuture.failedFuture(new CairnException(
                        Kind.OTHER, "cannot change for whom it is", "this node does not share it", "list its shares")));
    }
}
