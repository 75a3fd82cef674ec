package io.cairn.app.node;

import io.cairn.app.CairnException;
import io.cairn.app.Catalogue;
import io.cairn.app.Codes;
import io.cairn.app.Contacts;
import io.cairn.app.Fetch;
import io.cairn.app.FetchTarget;
import io.cairn.app.Node;
import io.cairn.app.Offers;
import io.cairn.app.Operation;
import io.cairn.app.catalogue.LocalCatalogue;
import io.cairn.app.codes.LocalCodes;
import io.cairn.app.people.AddressBook;
import io.cairn.app.people.LocalContacts;
import io.cairn.app.people.People;
import io.cairn.app.share.Shares;
import io.cairn.app.work.Broadcast;
import io.cairn.app.work.LocalOperation;
import io.cairn.app.work.Work;
import io.cairn.dht.Dht;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.store.state.StateDatabase;
import io.cairn.transfer.swarm.Swarm;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a node has to do with other people's nodes: contacts, what is listed, for whom shares are, and codes. Callable from any thread. */
final class PeopleFacets {
    private static final CompletableFuture<Void> AT_ONCE = CompletableFuture.completedFuture(null);

    private final Work work;
    private final Answers answers;
    private final Dht dht;
    private final Swarm swarm;
    private final Shares shares;
    private final People people;
    private final Supplier<List<Endpoint>> addresses;
    private final LocalContacts contacts;
    private final LocalCatalogue catalogue;
    private final LocalCodes codes;

    /**
     * @param addresses that this node announces
     * @param isNear whether an address is on the local network
     */
    PeopleFacets(
            Work work,
            Answers answers,
            Clock clock,
            Dht dht,
            Swarm swarm,
            RandomGenerator random,
            StateDatabase state,
            CompletableFuture<Integer> joined,
            Shares shares,
            People people,
            Consumer<Node.Notice> notices,
            Supplier<List<Endpoint>> addresses,
            Predicate<InetAddress> isNear,
            Supplier<List<Fetch>> fetches,
            LocalCodes.Sharing sharing,
            Function<Key, CompletableFuture<Node.Share>> unsharing) {
        this.work = work;
        this.answers = answers;
        this.dht = dht;
        this.swarm = swarm;
        this.shares = shares;
        this.people = people;
        this.addresses = addresses;
        contacts = new LocalContacts(work, clock, dht, people.contacts(), people.finder(), joined);
        catalogue = new LocalCatalogue(
                work.scheduler(),
                clock,
                random,
                dht,
                swarm,
                shares,
                people.offers(),
                people.contacts(),
                people.finder(),
                joined,
                isNear,
                browsed -> answers.unlessDenied("no node answers", browsed.answered() > 0, browsed));
        codes = new LocalCodes(
                new LocalCodes.Parts(
                        work,
                        clock,
                        dht,
                        swarm,
                        random,
                        joined,
                        addresses,
                        people.contacts(),
                        people.offers(),
                        people.finder(),
                        shares,
                        state.settings(),
                        fetches),
                sharing,
                unsharing,
                notices);
    }

    /** Reads what earlier runs stored, and answers other nodes from now on. */
    void restore() {
        Work.watch(work.onLoop(people.contacts()::restore), "reading the contacts");
        Work.watch(work.onLoop(people.offers()::restore), "reading for whom shares are");
        Work.watch(work.onLoop(codes::restore), "ending what was sent before");
        work.run(() -> {
            catalogue.serve(dht, swarm);
            people.finder().sayWhereThisNodeIs(work.scheduler(), addresses);
        });
    }

    /** Withdraws the codes. On the loop. */
    void close() {
        codes.close();
    }

    /** What the user calls a node. On the loop. */
    Optional<String> nameOf(NodeId node) {
        return people.contacts().nameOf(node);
    }

    /** What the user calls nodes. On the loop. */
    Map<NodeId, String> names() {
        return people.contacts().names();
    }

    /** A target with what catalogues say of it. On the loop. */
    FetchTarget hinted(FetchTarget target) {
        return catalogue.hinted(target);
    }

    /** Shares a path for the user. On the loop. */
    CompletableFuture<Node.ShareReport> share(Path path, Offers.@Nullable Offer offer, LocalCodes.Adding adding) {
        return codes.share(path, offer, adding);
    }

    /** Figures of the catalogue since start. On the loop. */
    Node.CatalogueStatistics listed() {
        return catalogue.statistics();
    }

    Offers offers() {
        return new NodeOffers(answers, shares);
    }

    Contacts contacts() {
        return new Contacts() {
            @Override
            public CompletableFuture<Person> add(String name, NodeId node) {
                return answers.of("cannot add the contact " + name, () -> settled(contacts.add(name, node)));
            }

            @Override
            public CompletableFuture<Person> remove(String name) {
                return answers.of(
                        "cannot remove the contact " + name,
                        () -> settled(people.contacts().remove(name)));
            }

            @Override
            public CompletableFuture<Group> setGroup(Group group) {
                return answers.of(
                        "cannot make the group " + group.name(),
                        () -> settled(people.contacts().put(group)));
            }

            @Override
            public CompletableFuture<Group> removeGroup(String name) {
                return answers.of(
                        "cannot remove the group " + name,
                        () -> settled(people.contacts().removeGroup(name)));
            }

            @Override
            public List<Person> all() {
                return answers.unlessClosed(people.contacts().restored(), people.contacts()::all, List.of());
            }

            @Override
            public List<Group> groups() {
                return answers.unlessClosed(people.contacts().restored(), people.contacts()::groups, List.of());
            }

            @Override
            public NodeId resolve(String nameOrId) throws CairnException {
                if (NODE_ID.matcher(nameOrId).matches()) {
                    return NodeId.fromHex(nameOrId);
                }
                Optional<Person> person = work.ask(
                        people.contacts().restored(), () -> people.contacts().find(nameOrId));
                if (person.isPresent()) {
                    return person.get().node();
                }
                throw AddressBook.nobody(
                        nameOrId,
                        work.ask(() -> people.contacts().findGroup(nameOrId).isPresent()));
            }

            @Override
            public Operation<Presence, List<Presence>> presence() {
                return contacts.presence();
            }
        };
    }

    /** A change of contacts is done once the shares are no longer for those that are gone. */
    private <T> CompletableFuture<T> settled(CompletableFuture<T> change) {
        return change.thenCompose(result -> shares.audiences().settled().thenApply(done -> result));
    }

    Catalogue catalogue() {
        return new Catalogue() {
            @Override
            public Operation<Heard, Browsed> browse(Browse what) {
                Broadcast<Heard> heard = new Broadcast<>(work, event -> null);
                return new LocalOperation<>(
                        heard, answers.of("cannot browse", over -> catalogue.browse(what, heard::tell, over)));
            }

            @Override
            public List<Listing> known() {
                return answers.unlessClosed(AT_ONCE, catalogue::known, List.of());
            }

            @Override
            public CompletableFuture<FetchTarget> find(List<String> words) {
                return answers.of("cannot look for " + String.join(" ", words), over -> catalogue.find(words, over));
            }

            @Override
            public CompletableFuture<Matches> matches(List<String> words) {
                return answers.of("cannot look for " + String.join(" ", words), over -> catalogue.matches(words, over));
            }
        };
    }

    Codes codes() {
        return new Codes() {
            @Override
            public Operation<SendEvent, Sent> send(Send what) {
                Broadcast<SendEvent> events = new Broadcast<>(work, SendEvent::subject);
                CompletableFuture<LocalCodes.Running> running = new CompletableFuture<>();
                CompletableFuture<Sent> result = answers.of("cannot send", () -> {
                    LocalCodes.Running begun = codes.send(what, events::tell);
                    running.complete(begun);
                    return begun.result();
                });
                CompletableFuture<?> unused = result.whenComplete((sent, failure) -> {
                    if (result.isCancelled()) {
                        CompletableFuture<?> unusedStop = running.thenAccept(begun -> work.run(begun::stop));
                    }
                });
                return new LocalOperation<>(events, result);
            }

            @Override
            public CompletableFuture<Met> meet(String code) {
                CompletableFuture<CompletableFuture<Met>> running = new CompletableFuture<>();
                CompletableFuture<Met> result = answers.of("cannot use the code " + code, () -> {
                    CompletableFuture<Met> begun = codes.meet(code);
                    running.complete(begun);
                    return begun;
                });
                CompletableFuture<?> unused = result.whenComplete((met, failure) -> {
                    if (result.isCancelled()) { // nobody will take what it finds
                        CompletableFuture<?> unusedEnd =
                                running.thenCompose(begun -> begun).thenAccept(found -> work.run(() -> stopped(found)));
                    }
                });
                return result;
            }

            private void stopped(Met found) {
                CompletableFuture<?> unused = codes.settle(found.ticket(), Settlement.STOPPED);
            }

            @Override
            public List<Met> gifts() {
                return answers.unlessClosed(AT_ONCE, codes::gifts, List.of());
            }

            @Override
            public CompletableFuture<Void> settle(String ticket, Settlement settlement) {
                return answers.of("cannot tell the sender", () -> codes.settle(ticket, settlement));
            }

            @Override
            public CodeStatistics statistics() {
                return answers.unlessClosed(AT_ONCE, codes::statistics, new CodeStatistics(0, 0, 0, 0, 0, 0));
            }
        };
    }
}
