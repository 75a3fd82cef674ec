package io.cairn.app.people;

import io.cairn.app.Contacts.Person;
import io.cairn.app.Contacts.Presence;
import io.cairn.app.Contacts.Reach;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Looks which contacts answer now. Each is asked where it was heard last; one that does not answer within a second, or was never heard, is
 * looked up by its id, a few at a time. Only a signed answer of that id to this node's own request counts. On the loop.
 */
final class PresenceSearch {
    /** All contacts are told by then: a person waits for it. */
    static final long ALL_MILLIS = 9_000;

    /** A node that is there usually answers within this time, and needs no look-up. */
    static final long ANSWER_MILLIS = 1_000;

    /** Look-ups at once: each sends a few dozen datagrams. */
    static final int LOOKUPS_MAX = 16;

    private final Scheduler scheduler;
    private final Function<NodeId, List<Endpoint>> known;
    private final Function<Endpoint, CompletionStage<Contact>> signOfLife;
    private final Function<NodeId, CompletableFuture<Optional<Endpoint>>> lookup;
    private final Consumer<Presence> events;
    private final Map<Person, Presence> told = new LinkedHashMap<>();
    private final Deque<Sought> toLookUp = new ArrayDeque<>();
    private final CompletableFuture<List<Presence>> result = new CompletableFuture<>();
    private List<Person> people = List.of();
    private int lookups;
    private boolean mayLookUp;

    /**
     * @param known endpoints at which a node was heard
     * @param signOfLife asks the node at an endpoint for one; fails if none comes
     * @param lookup where a node answers a look-up for its id; never fails
     */
    PresenceSearch(
            Scheduler scheduler,
            Function<NodeId, List<Endpoint>> known,
            Function<Endpoint, CompletionStage<Contact>> signOfLife,
            Function<NodeId, CompletableFuture<Optional<Endpoint>>> lookup,
            Consumer<Presence> events) {
        this.scheduler = scheduler;
        this.known = known;
        this.signOfLife = signOfLife;
        this.lookup = lookup;
        this.events = events;
    }

    /**
     * Begins. Once.
     *
     * @param joined completes when this node has joined its network, so that look-ups find something
     * @return all of them, in the order given
     */
    CompletableFuture<List<Presence>> start(List<Person> wanted, CompletableFuture<?> joined) {
        people = List.copyOf(wanted);
        Scheduler.Timer end = scheduler.schedule(ALL_MILLIS, this::stop);
        CompletableFuture<?> unusedEnd = result.whenComplete((all, failure) -> end.cancel());
        CompletableFuture<?> unused = joined.whenComplete((contacts, failure) -> {
            mayLookUp = true;
            lookUpNext();
        });
        for (Person person : people) {
            Sought sought = new Sought(person);
            List<Endpoint> endpoints = known.apply(person.node());
            sought.open = 1 + endpoints.size();
            endpoints.forEach(endpoint -> ask(sought, endpoint));
            scheduler.schedule(endpoints.isEmpty() ? 0 : ANSWER_MILLIS, () -> {
                toLookUp.add(sought);
                lookUpNext();
            });
        }
        endIfAllAreTold();
        return result;
    }

    /** Those that were not heard yet are told as unknown; nothing follows. */
    void stop() {
        toLookUp.clear();
        people.forEach(person -> tell(new Presence(person, Reach.UNKNOWN, null)));
    }

    private void ask(Sought sought, Endpoint endpoint) {
        signOfLife.apply(endpoint).whenComplete((contact, failure) -> {
            boolean isIt = failure == null && contact.id().equals(sought.person.node());
            ended(sought, isIt ? Optional.of(contact.endpoint()) : Optional.empty());
        });
    }

    private void lookUpNext() {
        while (mayLookUp && lookups < LOOKUPS_MAX && !toLookUp.isEmpty()) {
            Sought sought = toLookUp.remove();
            if (!told.containsKey(sought.person)) {
                lookups++;
                CompletableFuture<Void> unused = lookup.apply(sought.person.node())
                        .thenAccept(found -> {
                            lookups--;
                            ended(sought, found);
                            lookUpNext();
                        });
            }
        }
    }

    /** One way to find a contact has been tried. */
    private void ended(Sought sought, Optional<Endpoint> answered) {
        sought.open--;
        if (answered.isPresent()) {
            tell(new Presence(sought.person, Reach.REACHABLE, answered.get()));
        } else if (sought.open == 0) {
            tell(new Presence(sought.person, Reach.SILENT, null));
        }
    }

    private void tell(Presence presence) {
        if (told.putIfAbsent(presence.person(), presence) == null) {
            events.accept(presence);
            endIfAllAreTold();
        }
    }

    private void endIfAllAreTold() {
        if (told.size() == people.size()) {
            List<Presence> all = new ArrayList<>(people.size());
            people.forEach(person -> all.add(Objects.requireNonNull(told.get(person), "told")));
            result.complete(List.copyOf(all));
        }
    }

    /** A contact, and how many ways to find it are still to be tried. */
    private static final class Sought {
        private final Person person;
        private int open;

        Sought(Person person) {
            this.person = person;
        }
    }
}
