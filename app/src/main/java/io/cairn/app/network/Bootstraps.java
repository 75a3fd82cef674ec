package io.cairn.app.network;

import io.cairn.app.CairnException;
import io.cairn.app.work.HostAndPort;
import io.cairn.app.work.Work;
import io.cairn.dht.Dht;
import io.cairn.dht.env.Scheduler.Timer;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bootstrap nodes that the user named. A node without an address, or one that is silent, is resolved and greeted again after 5 seconds,
 * 10, and so on up to a minute, until it answers; so are all of them while this node is alone. A name may resolve only after the node
 * started, or to another address by then. Confined to the loop, except for the constructor; names are resolved on workers.
 */
public final class Bootstraps {
    private static final Logger LOG = LoggerFactory.getLogger(Bootstraps.class);
    private static final long FIRST_PAUSE_MILLIS = 5_000;
    private static final long LONGEST_PAUSE_MILLIS = 60_000;

    private final Work work;
    private final Surroundings surroundings;
    private final String source;
    private final List<Named> named = new ArrayList<>();
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private @Nullable Timer timer;
    private boolean isClosed;

    /** @param source how the user names these nodes */
    public Bootstraps(Work work, Surroundings surroundings, List<HostAndPort> places, String source) {
        this.work = work;
        this.surroundings = surroundings;
        this.source = source;
        places.forEach(place -> named.add(new Named(place)));
    }

    /** Parses the user's addresses, so that a mistake is reported before anything starts. */
    public static List<HostAndPort> parse(List<String> texts) throws CairnException {
        List<HostAndPort> places = new ArrayList<>();
        for (String text : texts) {
            places.add(HostAndPort.parse(text));
        }
        return places;
    }

    /**
     * Joins through the named nodes and those of earlier runs. Completes with the number of contacts, and keeps trying silent nodes.
     * Numeric addresses do not wait for the name server, which may be slow.
     */
    public CompletableFuture<Integer> join(Dht dht, List<Endpoint> remembered) {
        Set<Endpoint> known = new LinkedHashSet<>();
        for (Named one : named) {
            one.endpoints = surroundings.meantBy(one.place.numeric());
            known.addAll(one.endpoints);
        }
        known.addAll(remembered);
        CompletableFuture<Integer> atOnce = dht.join(List.copyOf(known)).toCompletableFuture();
        boolean isAllNumeric = named.stream().noneMatch(one -> one.endpoints.isEmpty());
        CompletableFuture<Integer> resolved = isAllNumeric
                ? atOnce
                : resolveAll()
                        .thenCompose(places -> dht.join(places.stream()
                                .flatMap(one -> one.endpoints.stream())
                                .filter(endpoint -> !known.contains(endpoint))
                                .toList()));
        CompletableFuture<Integer> unused =
                atOnce.thenCombine(resolved, Math::max).whenComplete((contacts, failure) -> round(dht));
        return atOnce.thenCompose(contacts -> contacts > 0 ? CompletableFuture.completedFuture(contacts) : resolved);
    }

    /** This machine has changed networks: silent nodes may answer now. */
    public void networkChanged(Dht dht) {
        pauseMillis = FIRST_PAUSE_MILLIS;
        if (timer != null) {
            timer.cancel();
            round(dht);
        }
    }

    /** The nodes that have not answered. */
    public List<SilentBootstrap> silent() {
        return named.stream()
                .filter(one -> !one.hasAnswered)
                .map(one -> new SilentBootstrap(trouble(one), one.endpoints))
                .toList();
    }

    public void close() {
        isClosed = true;
        if (timer != null) {
            timer.cancel();
        }
    }

    private void round(Dht dht) {
        timer = null;
        Set<Endpoint> contacts = new HashSet<>();
        dht.contacts().forEach(contact -> contacts.add(contact.endpoint()));
        named.forEach(one -> one.hasAnswered |= one.endpoints.stream().anyMatch(contacts::contains));
        if (contacts.isEmpty()) {
            named.forEach(one -> one.hasAnswered = false); // it answered once, but no node does now
        }
        if (isClosed || named.isEmpty()) {
            return;
        }
        if (named.stream().allMatch(one -> one.hasAnswered)) {
            pauseMillis = FIRST_PAUSE_MILLIS;
            timer = work.scheduler().schedule(LONGEST_PAUSE_MILLIS, () -> round(dht));
            return;
        }
        Work.watch(
                resolveAll()
                        .thenCompose(resolved -> CompletableFuture.allOf(
                                resolved.stream().map(one -> greet(dht, one)).toArray(CompletableFuture<?>[]::new)))
                        .whenComplete((done, failure) -> next(dht)),
                "greeting the bootstrap nodes");
    }

    private void next(Dht dht) {
        if (!isClosed) {
            timer = work.scheduler().schedule(pauseMillis, () -> round(dht));
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
        }
    }

    private CompletableFuture<?> greet(Dht dht, Named one) {
        CompletableFuture<Contact> first = one.endpoints.isEmpty()
                ? CompletableFuture.failedFuture(new UnknownHostException(one.place.host()))
                : Greeting.first(dht, one.endpoints, one.place.toString(), List::of);
        return first.handle((contact, failure) -> {
            if (contact != null) {
                one.hasAnswered = true;
                if (!isClosed) {
                    dht.join(List.of(contact.endpoint()));
                }
            } else if (!one.isTold && !isClosed) {
                one.isTold = true;
                LOG.warn("{}; trying again until it answers", trouble(one));
            }
            return one;
        });
    }

    /** Resolves the nodes that have not answered; completes with them. */
    private CompletableFuture<List<Named>> resolveAll() {
        List<Named> unheard = named.stream().filter(one -> !one.hasAnswered).toList();
        return work.offload(() -> {
                    List<List<Endpoint>> resolved = new ArrayList<>();
                    for (Named one : unheard) {
                        resolved.add(resolve(one.place));
                    }
                    return resolved;
                })
                .thenApply(resolved -> {
                    for (int i = 0; i < unheard.size(); i++) {
                        unheard.get(i).endpoints = surroundings.meantBy(resolved.get(i));
                    }
                    return unheard;
                });
    }

    private static List<Endpoint> resolve(HostAndPort place) {
        try {
            return place.resolve();
        } catch (CairnException unknown) {
            LOG.debug("{}: {}", unknown.getMessage(), unknown.why());
            return List.of();
        }
    }

    private String trouble(Named one) {
        return (one.endpoints.isEmpty()
                        ? "no address is known for the name " + one.place.host()
                        : "nobody answers over UDP at " + one.place)
                + ", given with " + source;
    }

    /** A named node and its state. */
    private static final class Named {
        private final HostAndPort place;
        private List<Endpoint> endpoints = List.of();
        private boolean hasAnswered;
        private boolean isTold;

        Named(HostAndPort place) {
            this.place = place;
        }
    }
}
