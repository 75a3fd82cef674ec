package io.cairn.app.network;

import io.cairn.app.CairnException;
import io.cairn.dht.Dht;
import io.cairn.dht.Misfit;
import io.cairn.dht.Provider;
import io.cairn.dht.SearchReport;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Single network queries as futures. On the loop. */
public final class Greeting {
    private Greeting() {}

    /**
     * Greets all endpoints of one host, on the loop; completes with the first that answers.
     *
     * @param misfits whose messages are not accepted, when nobody has answered
     */
    public static CompletableFuture<Contact> first(
            Dht dht, List<Endpoint> endpoints, String name, Supplier<List<Misfit>> misfits) {
        CompletableFuture<Contact> first = new CompletableFuture<>();
        CompletionStage<Boolean> allSilent = CompletableFuture.completedFuture(true);
        for (Endpoint endpoint : endpoints) {
            CompletionStage<Boolean> silent = dht.ping(endpoint).handle((contact, failure) -> {
                if (failure == null) {
                    first.complete(contact);
                }
                return failure != null;
            });
            allSilent = allSilent.thenCombine(silent, Boolean::logicalAnd);
        }
        allSilent.thenAccept(silent -> first.completeExceptionally(silence(endpoints, name, misfits.get())));
        return first;
    }

    private static CairnException silence(List<Endpoint> endpoints, String name, List<Misfit> misfits) {
        String what = "cannot connect to " + name;
        return endpoints.stream()
                .flatMap(endpoint -> Diagnosis.ofSilence(endpoint.address(), misfits).stream())
                .findFirst()
                .map(known -> new CairnException(
                        known.isDenied() ? CairnException.Kind.DENIED : CairnException.Kind.NETWORK,
                        what,
                        known.why(),
                        known.next()))
                .orElseGet(() -> new CairnException(
                        CairnException.Kind.NETWORK,
                        what,
                        "nobody answers there",
                        "check the address, the network's name, and that UDP reaches it"));
    }

    /** A look-up as a future, on the loop. */
    public static CompletableFuture<SearchReport> search(Dht dht, Key key, Consumer<Provider> found) {
        CompletableFuture<SearchReport> result = new CompletableFuture<>();
        Set<NodeId> told = new HashSet<>();
        dht.findProviders(key, new Dht.SearchListener() {
            @Override
            public void found(Provider provider) {
                if (told.add(provider.id())) {
                    found.accept(provider);
                }
            }

            @Override
            public void ended(SearchReport report) {
                result.complete(report);
            }
        });
        return result;
    }
}
