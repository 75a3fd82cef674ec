package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.app.Node.Share;
import io.cairn.app.Offers;
import io.cairn.dht.id.Key;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** For whom the shares of a fake node are: as the list of its shares says. */
final class FakeOffers implements Offers {
    private final List<Share> shared;
    private final Function<Share, String> link;

    FakeOffers(List<Share> shared, Function<Share, String> link) {
        this.shared = shared;
        this.link = link;
    }

    /** The share with another audience. */
    static Share with(Share share, Offer offer) {
        return new Share(
                share.hash(),
                share.name(),
                share.path(),
                share.size(),
                share.chunks(),
                share.available(),
                share.uploadedBytes(),
                share.trouble(),
                offer);
    }

    @Override
    public Offer of(Key hash) {
        return shared.stream()
                .filter(share -> share.hash().equals(hash))
                .map(Share::offer)
                .findFirst()
                .orElse(Offer.OPEN);
    }

    @Override
    public CompletableFuture<Offered> change(Key hash, Offer offer) {
        shared.replaceAll(share -> share.hash().equals(hash) ? with(share, offer) : share);
        return shared.stream()
                .filter(share -> share.hash().equals(hash))
                .findFirst()
                .map(share ->
                        CompletableFuture.completedFuture(new Offered(hash, share.name(), offer, link.apply(share))))
                .orElseGet(() -> CompletableFuture.failedFuture(new CairnException(
                        CairnException.Kind.OTHER, "cannot change it", "it is not shared", "share it first")));
    }
}
