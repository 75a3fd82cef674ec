package io.cairn.app.services;

import io.cairn.app.Services;
import io.cairn.app.Services.End;
import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.AddressScope;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.service.Discovery;
import io.cairn.dht.service.DiscoveryReport;
import io.cairn.dht.service.FoundService;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks for services again and again and tells what appears and what is gone. The node of a service is asked for a sign of life if it was
 * heard on the local network: after two silences its services are gone, though their announcements live on. On the loop.
 */
final class ServiceWatch {
    /** From the end of one search to the start of the next: a service that appears on a LAN is told within seconds. */
    private static final long SEARCH_MILLIS = 3_000;

    /** A search of many shards is repeated less often: this long for each look-up, up to a minute. */
    private static final long SEARCH_MILLIS_FOR_LOOKUP = 500;

    private static final long SEARCH_MILLIS_MAX = 60_000;

    /** From one question to a node that fell silent to the next. */
    private static final long SILENT_MILLIS = 5_000;

    /** Nodes remembered as silent. */
    private static final int SILENCED_MAX = 1_024;

    /** From one sign of life to the next question. Two silences of up to five seconds each leave room within 15. */
    private static final long PING_MILLIS = 2_000;

    private static final int SILENCES_MAX = 2;

    /** Complete searches that miss a service before it counts as withdrawn: one answer may be lost. */
    private static final int MISSES_MAX = 2;

    private final Scheduler scheduler;
    private final Clock clock;
    private final Function<Discovery.Listener, Runnable> searches;
    private final Supplier<List<Contact>> contacts;
    private final Function<Endpoint, CompletionStage<Contact>> signOfLife;
    private final Consumer<Services.Event> events;
    private final CompletableFuture<DiscoveryReport> never = new CompletableFuture<>();
    private final Map<Name, Watched> known = new LinkedHashMap<>();
    private final Map<NodeId, Silence> silenced = new LinkedHashMap<>();
    private final Set<NodeId> asked = new LinkedHashSet<>();
    private @Nullable Runnable search;
    private boolean isStopped;

    /**
     * @param searches begins a search, and returns what ends it
     * @param contacts the nodes that are known
     * @param signOfLife asks the node at an endpoint for one; fails if none comes
     */
    ServiceWatch(
            Scheduler scheduler,
            Clock clock,
            Function<Discovery.Listener, Runnable> searches,
            Supplier<List<Contact>> contacts,
            Function<Endpoint, CompletionStage<Contact>> signOfLife,
            Consumer<Services.Event> events) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.searches = searches;
        this.contacts = contacts;
        this.signOfLife = signOfLife;
        this.events = events;
    }

    /** Begins; the future never completes by itself. */
    CompletableFuture<DiscoveryReport> start() {
        search();
        return never;
    }

    void stop() {
        isStopped = true;
        if (search != null) {
            search.run();
        }
    }

    private void search() {
        if (isStopped) {
            return;
        }
        Set<Name> seen = new LinkedHashSet<>();
        search = searches.apply(new Discovery.Listener() {
            @Override
            public void found(FoundService found) {
                if (appeared(found)) {
                    seen.add(Name.of(found));
                }
            }

            @Override
            public void ended(DiscoveryReport report) {
                missing(seen, report.isComplete() && (report.answered() > 0 || report.asked() == 0));
                long many = Math.min(SEARCH_MILLIS_MAX, report.lookups() * SEARCH_MILLIS_FOR_LOOKUP);
                scheduler.schedule(Math.max(SEARCH_MILLIS, many), ServiceWatch.this::search);
            }
        });
    }

    /** Returns false for what a node announced that has fallen silent since. */
    private boolean appeared(FoundService found) {
        Silence silence = silenced.get(found.publisher());
        if (silence != null && silence.sequence >= found.sequence()) {
            return false;
        }
        silenced.remove(found.publisher());
        Watched before = known.put(Name.of(found), new Watched(found));
        if (before == null || !before.found.service().equals(found.service())) {
            events.accept(new Services.Event.Found(found));
        }
        if (asked.add(found.publisher())) {
            ask(found.publisher(), 0);
        }
        return true;
    }

    /** @param isSound whether what the search missed was not there */
    private void missing(Set<Name> seen, boolean isSound) {
        for (Map.Entry<Name, Watched> entry : List.copyOf(known.entrySet())) {
            Watched watched = entry.getValue();
            if (seen.contains(entry.getKey())) {
                watched.misses = 0;
            } else if (watched.found.expiryMillis() <= clock.wallMillis()) {
                gone(entry.getKey(), End.EXPIRED);
            } else if (isSound && ++watched.misses >= MISSES_MAX) {
                gone(entry.getKey(), End.WITHDRAWN);
            }
        }
    }

    private void gone(Name name, End end) {
        known.remove(name);
        events.accept(new Services.Event.Gone(name.publisher(), name.id(), end));
    }

    private void ask(NodeId publisher, int silences) {
        Endpoint endpoint = nearby(publisher).orElse(null);
        boolean isKnown =
                known.keySet().stream().anyMatch(name -> name.publisher().equals(publisher));
        if (isStopped || !isKnown) {
            asked.remove(publisher);
            return;
        }
        if (endpoint == null) {
            scheduler.schedule(PING_MILLIS, () -> ask(publisher, 0));
            return;
        }
        signOfLife.apply(endpoint).whenComplete((contact, failure) -> {
            boolean isAlive = failure == null && contact.id().equals(publisher);
            int now = isAlive ? 0 : silences + 1;
            if (now < SILENCES_MAX) {
                scheduler.schedule(isAlive ? PING_MILLIS : 0, () -> ask(publisher, now));
            } else {
                silent(publisher, endpoint);
            }
        });
    }

    private void silent(NodeId publisher, Endpoint endpoint) {
        asked.remove(publisher);
        long latest = 0;
        long untilMillis = 0;
        for (Map.Entry<Name, Watched> entry : List.copyOf(known.entrySet())) {
            if (entry.getKey().publisher().equals(publisher)) {
                latest = Math.max(latest, entry.getValue().found.sequence());
                untilMillis = Math.max(untilMillis, entry.getValue().found.expiryMillis());
                gone(entry.getKey(), End.SILENT);
            }
        }
        silenced.put(publisher, new Silence(latest, untilMillis));
        if (silenced.size() > SILENCED_MAX) {
            silenced.remove(silenced.keySet().iterator().next());
        }
        scheduler.schedule(SILENT_MILLIS, () -> askSilent(publisher, endpoint));
    }

    /** A node that answers again has its services back with the next search. */
    private void askSilent(NodeId publisher, Endpoint endpoint) {
        Silence silence = silenced.get(publisher);
        if (isStopped || silence == null) {
            return;
        }
        if (silence.untilMillis <= clock.wallMillis()) {
            silenced.remove(publisher);
            return;
        }
        signOfLife.apply(endpoint).whenComplete((contact, failure) -> {
            if (failure == null && contact.id().equals(publisher)) {
                silenced.remove(publisher);
            } else {
                scheduler.schedule(SILENT_MILLIS, () -> askSilent(publisher, endpoint));
            }
        });
    }

    /** Where the node was heard, if that is on the local network. */
    private Optional<Endpoint> nearby(NodeId publisher) {
        Optional<Endpoint> contact = contacts.get().stream()
                .filter(known -> known.id().equals(publisher))
                .map(Contact::endpoint)
                .findFirst();
        Optional<Endpoint> heard = known.values().stream()
                .filter(watched -> watched.found.publisher().equals(publisher))
                .flatMap(watched -> watched.found.heardAt().stream())
                .findFirst();
        return contact.or(() -> heard)
                .filter(endpoint -> AddressScope.of(endpoint.address()).compareTo(AddressScope.WORLD) < 0);
    }

    /** What a node that fell silent announced last, and when the last of that ends. */
    private record Silence(long sequence, long untilMillis) {}

    private record Name(NodeId publisher, String id) {
        static Name of(FoundService found) {
            return new Name(found.publisher(), found.service().id());
        }
    }

    /** A service that is there, and how many searches have missed it. */
    private static final class Watched {
        private final FoundService found;
        private int misses;

        Watched(FoundService found) {
            this.found = found;
        }
    }
}
