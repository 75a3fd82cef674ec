package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Catalogue;
import io.cairn.app.FetchTarget;
import io.cairn.app.Node;
import io.cairn.app.Offers;
import io.cairn.app.Operation;
import io.cairn.app.catalogue.Wanted;
import io.cairn.dht.id.Endpoint;
import io.cairn.transfer.content.ShareSecret;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What other nodes list for a fake node: what a test says. */
public final class FakeCatalogue implements Catalogue {
    /** An address and a secret that come with what is listed. */
    public static final Endpoint HINT = Endpoint.parse("192.0.2.7:4747");

    public static final ShareSecret SECRET = ShareSecret.random(new Random(7));

    private final FakeNode node;
    public final List<Listing> listed = new ArrayList<>();
    public final List<List<String>> asked = new ArrayList<>();
    public int cutOff;

    FakeCatalogue(FakeNode node) {
        this.node = node;
    }

    @Override
    public Operation<Heard, Browsed> browse(Browse what) {
        FakeOperation<Heard, Browsed> browsing = new FakeOperation<>();
        asked.add(what.words());
        if (node.closed) {
            browsing.completion.completeExceptionally(FakeOperation.closed());
            return browsing;
        }
        List<Listing> wanted = matching(what.words());
        if (!wanted.isEmpty()) {
            browsing.tell(new Heard(wanted));
        }
        browsing.completion.complete(new Browsed(3, 2, cutOff, wanted.size(), 1_200));
        return browsing;
    }

    @Override
    public List<Listing> known() {
        return node.closed ? List.of() : listed;
    }

    @Override
    public CompletableFuture<FetchTarget> find(List<String> words) {
        return matches(words).thenCompose(found -> {
            FetchTarget first = found.first().get(0).target();
            return found.count() == 1
                    ? CompletableFuture.completedFuture(first)
                    : CompletableFuture.failedFuture(Wanted.several(String.join(" ", words), found));
        });
    }

    @Override
    public CompletableFuture<Matches> matches(List<String> words) {
        asked.add(words);
        List<Listing> found = matching(words);
        if (node.closed || found.isEmpty()) {
            return CompletableFuture.failedFuture(
                    node.closed
                            ? FakeOperation.closed()
                            : new CairnException(
                                    Kind.USAGE,
                                    "\"" + String.join(" ", words) + "\" names nothing",
                                    "nobody lists it",
                                    "browse"));
        }
        List<Match> first = found.stream()
                .limit(MATCHES_MAX)
                .map(one -> new Match(
                        new FetchTarget(one.hash(), one.name(), one.size(), List.of(HINT), SECRET),
                        one.who() == null ? one.from().toShortString() : one.who(),
                        2))
                .toList();
        return CompletableFuture.completedFuture(new Matches(first, found.size()));
    }

    /** The other nodes of the world see what is listed. */
    void shared(Node.Share share, Offers.@Nullable Offer offer) {
        for (FakeNode other : node.world.nodes) {
            if (offer != null && other != node) {
                other.catalogue.listed.removeIf(listing -> listing.hash().equals(share.hash()));
                if (offer.listed()) {
                    other.catalogue.listed.add(new Listing(
                            node.identity.nodeId(),
                            null,
                            share.hash(),
                            share.name(),
                            share.size(),
                            false,
                            1,
                            7,
                            false));
                }
            }
        }
    }

    private List<Listing> matching(List<String> words) {
        return listed.stream()
                .filter(listing -> words.stream().allMatch(listing.name()::contains))
                .toList();
    }
}
