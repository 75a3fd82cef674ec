package io.cairn.app.people;

import io.cairn.app.Contacts.Person;
import io.cairn.app.Contacts.Presence;
import io.cairn.app.Operation;
import io.cairn.app.work.Broadcast;
import io.cairn.app.work.LocalOperation;
import io.cairn.app.work.Work;
import io.cairn.dht.Dht;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.NodeId;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The contacts of this node: the address book, and who of it answers now. */
public final class LocalContacts {
    private final Work work;
    private final Clock clock;
    private final Dht dht;
    private final AddressBook book;
    private final NodeFinder finder;
    private final CompletableFuture<Integer> joined;

    public LocalContacts(
            Work work, Clock clock, Dht dht, AddressBook book, NodeFinder finder, CompletableFuture<Integer> joined) {
        this.work = work;
        this.clock = clock;
        this.dht = dht;
        this.book = book;
        this.finder = finder;
        this.joined = joined;
    }

    /** See {@link io.cairn.app.Contacts#add}. On the loop. */
    public CompletableFuture<Person> add(String name, NodeId node) {
        return book.put(new Person(name, node, clock.wallMillis()));
    }

    /** See {@link io.cairn.app.Contacts#presence}. Any thread. */
    public Operation<Presence, List<Presence>> presence() {
        Broadcast<Presence> events = new Broadcast<>(work, Presence::person);
        PresenceSearch search =
                new PresenceSearch(work.scheduler(), finder::known, dht::ping, finder::search, events::tell);
        CompletableFuture<List<Presence>> result =
                work.onLoop(() -> book.restored().thenCompose(known -> search.start(book.all(), joined)));
        CompletableFuture<?> unused = result.whenComplete((all, failure) -> work.run(search::stop));
        return new LocalOperation<>(events, result);
    }
}
