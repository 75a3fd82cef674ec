package io.cairn.app.catalogue;

import io.cairn.app.people.AddressBook;
import io.cairn.app.people.OfferBook;
import io.cairn.app.share.Shares;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.MalformedException;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.protocol.catalogue.CatalogueCodec;
import io.cairn.transfer.protocol.catalogue.CatalogueState;
import io.cairn.transfer.protocol.catalogue.ListedShare;
import io.cairn.transfer.store.state.OfferTable.StoredOffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Answers who asks what this node lists: shares that the user listed and that are offered now, to those who may have them. It looks again
 * after each change of offers and contacts, and otherwise a few times a second at most. On the loop.
 */
final class ListedHere {
    /** From one look at the shares to the next: a share whose files changed stays listed no longer. */
    private static final long LOOK_MILLIS = 250;

    private final Clock clock;
    private final Shares shares;
    private final OfferBook offers;
    private final AddressBook people;
    private final OwnCatalogue own;
    private final AnswerBudget budget;
    private boolean isStale = true;
    private long lookedMillis;
    private long questions;
    private long refused;

    ListedHere(Clock clock, RandomGenerator random, Shares shares, OfferBook offers, AddressBook people) {
        this.clock = clock;
        this.shares = shares;
        this.offers = offers;
        this.people = people;
        this.own = new OwnCatalogue(random);
        this.budget = new AnswerBudget(clock);
        offers.watch(() -> isStale = true);
        people.watch(() -> isStale = true);
    }

    /** Answers a request with a page; with null if it is none, or the asker has used up its budget. */
    CompletionStage<byte @Nullable []> asked(NodeId asker, byte[] request) {
        questions++;
        boolean isStranger = people.nameOf(asker).isEmpty();
        if (!budget.allows(asker, isStranger)) {
            refused++;
            return CompletableFuture.completedFuture(null);
        }
        try {
            CatalogueState known = CatalogueCodec.decodeRequest(request);
            look();
            byte[] page = CatalogueCodec.encode(own.page(asker, known));
            budget.pay(asker, isStranger, page.length);
            return CompletableFuture.completedFuture(page);
        } catch (MalformedException wrong) {
            refused++;
            budget.pay(asker, isStranger, 0);
            return CompletableFuture.completedFuture(null);
        }
    }

    int size() {
        look();
        return own.size();
    }

    long questions() {
        return questions;
    }

    long refused() {
        return refused;
    }

    private void look() {
        long now = clock.monotonicMillis();
        if (isStale || now - lookedMillis >= LOOK_MILLIS) {
            isStale = false;
            lookedMillis = now;
            own.set(listed());
        }
    }

    private List<OwnCatalogue.Listed> listed() {
        List<OwnCatalogue.Listed> listed = new ArrayList<>();
        for (StoredOffer offer : offers.all()) {
            if (offer.listed() && shares.served(offer.hash()).isPresent()) {
                shares.manifest(offer.hash())
                        .ifPresent(manifest -> listed.add(new OwnCatalogue.Listed(
                                entry(offer, manifest),
                                offer.secret() == null
                                        ? null
                                        : shares.audiences().members(offer.hash()))));
            }
        }
        return listed;
    }

    private static ListedShare entry(StoredOffer offer, Manifest manifest) {
        return new ListedShare(
                offer.hash(),
                manifest.name(),
                manifest.totalBytes(),
                manifest.isFolder(),
                manifest.files().size(),
                offer.listedMillis(),
                offer.secret());
    }
}
