package io.cairn.control.client;

import io.cairn.app.Offers;
import io.cairn.app.json.people.OfferJson;
import io.cairn.dht.id.Key;
import java.util.concurrent.CompletableFuture;

/** For whom the shares of a node in another process are. */
final class RemoteOffers implements Offers {
    private final NodeCalls calls;

    RemoteOffers(NodeCalls calls) {
        this.calls = calls;
    }

    @Override
    public Offer of(Key hash) {
        return calls.ask(Request.get(path(hash)), Answer.object(OfferJson::read), () -> Offer.OPEN);
    }

    @Override
    public CompletableFuture<Offered> change(Key hash, Offer offer) {
        return calls.call(Request.put(path(hash), OfferJson.of(offer)), Answer.object(OfferJson::readOffered));
    }

    private static String path(Key hash) {
        return "/shares/" + hash + "/audience";
    }
}
