package io.cairn.app.catalogue;

import io.cairn.app.CairnException;
import io.cairn.app.Catalogue;
import io.cairn.app.FetchTarget;
import io.cairn.app.Node;
import io.cairn.app.network.Peers;
import io.cairn.app.people.AddressBook;
import io.cairn.app.people.NodeFinder;
import io.cairn.app.people.OfferBook;
import io.cairn.app.share.Shares;
import io.cairn.dht.Dht;
import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.ShareSecret;
import io.cairn.transfer.protocol.catalogue.ListedShare;
import io.cairn.transfer.swarm.Swarm;
import io.cairn.transfer.swarm.port.PeerId;
import io.cairn.transfer.swarm.port.Topic;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** What this node lists and what others list for it. On the loop. */
public final class LocalCatalogue {
    /** How long after it joined a node is still being met by its neighbours. */
    private static final long SETTLE_MILLIS = 1_000;

    /** Most entries of one event. */
    private static final int HEARD_MAX = 100;

    private final Scheduler scheduler;
    private final Clock clock;
    private final OfferBook offers;
    private final AddressBook people;
    private final CompletableFuture<Integer> joined;
    private final UnaryOperator<Catalogue.Browsed> checked;
    private final Neighbours neighbours;
    private final CatalogueVisit.Asking asking;
    private final NodeFinder finder;
    private final ListedHere here;
    private final KnownCatalogues known = new KnownCatalogues();
    private final Map<NodeId, CompletableFuture<?>> visits = new LinkedHashMap<>();
    private final Set<BrowseRun> runs = new LinkedHashSet<>();
    private boolean hasJoined;
    private long settledMillis;

    /**
     * @param joined completes after the first attempt to join
     * @param isNear whether an address is on a local network of this machine
     * @param checked fails where no node answers and it is known why
     */
    public LocalCatalogue(
            Scheduler scheduler,
            Clock clock,
            RandomGenerator random,
            Dht dht,
            Swarm swarm,
            Shares shares,
            OfferBook offers,
            AddressBook people,
            NodeFinder finder,
            CompletableFuture<Integer> joined,
            Predicate<InetAddress> isNear,
            UnaryOperator<Catalogue.Browsed> checked) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.people = people;
        this.finder = finder;
        this.joined = joined;
        this.checked = checked;
        this.neighbours = new Neighbours(dht, swarm, people, isNear);
        this.here = new ListedHere(clock, random, shares, offers, people);
        this.asking =
                (node, endpoints, request) -> swarm.talks().ask(PeerId.of(node), endpoints, Topic.CATALOGUE, request);
        this.offers = offers;
    }

    /** Answers questions from now on. Once. */
    public void serve(Dht dht, Swarm swarm) {
        swarm.talks()
                .answer(
                        Topic.CATALOGUE,
                        (asker, request) -> offers.restored()
                                .thenCompose(restored -> here.asked(Peers.node(asker.peer()), request)));
        dht.observe(contact -> {
            if (neighbours.isNear(contact)) {
                runs.forEach(run -> run.add(new BrowseRun.Host(contact.id(), List.of(contact.endpoint()))));
            }
        });
        CompletableFuture<?> unused = settling();
    }

    /** Completes when the first attempt to join has ended; from then on neighbours have some time to appear. */
    private CompletableFuture<?> settling() {
        return joined.handle((contacts, failure) -> {
            if (!hasJoined) {
                hasJoined = true;
                settledMillis = clock.monotonicMillis() + SETTLE_MILLIS;
            }
            return contacts;
        });
    }

    /** See {@link Catalogue#browse}. */
    public CompletableFuture<Catalogue.Browsed> browse(
            Catalogue.Browse what, Consumer<Catalogue.Heard> heard, BooleanSupplier isOver) {
        return neighbourhood().thenCompose(ready -> {
            List<String> text = what.words();
            List<BrowseRun.Host> meant = text.isEmpty() ? List.of() : neighbours.meant(text.get(0));
            boolean isOpen = meant.isEmpty();
            NameWords words = new NameWords(isOpen ? text : text.subList(1, text.size()));
            return run(
                    isOpen ? neighbours.all() : meant,
                    isOpen,
                    (node, entries) -> {
                        List<Catalogue.Listing> wanted = entries.stream()
                                .filter(entry -> words.areIn(entry.name()))
                                .map(entry -> listing(node, entry))
                                .toList();
                        for (int from = 0; from < wanted.size(); from += HEARD_MAX) {
                            heard.accept(new Catalogue.Heard(
                                    wanted.subList(from, Math.min(wanted.size(), from + HEARD_MAX))));
                        }
                        return wanted.size();
                    },
                    isOver);
        });
    }

    /** See {@link Catalogue#find}. */
    public CompletableFuture<FetchTarget> find(List<String> text, BooleanSupplier isOver) {
        return matches(text, isOver).thenApply(found -> Wanted.only(text, found));
    }

    /** See {@link Catalogue#matches}. */
    public CompletableFuture<Catalogue.Matches> matches(List<String> text, BooleanSupplier isOver) {
        if (text.isEmpty()) {
            return CompletableFuture.failedFuture(new CairnException(
                    CairnException.Kind.USAGE,
                    "cannot look for a share without a name",
                    "no word is given",
                    "give words of its name"));
        }
        ListedMatches matches = new ListedMatches(text);
        return neighbourhood()
                .thenCompose(ready -> run(
                        neighbours.all(),
                        true,
                        (node, entries) -> {
                            String name = people.nameOf(node).orElse(null);
                            Endpoint at = known.of(node).at();
                            entries.forEach(entry -> matches.add(entry, node, name, at));
                            return entries.size();
                        },
                        isOver))
                .thenApply(browsed -> {
                    try {
                        return matches.found(browsed);
                    } catch (CairnException none) {
                        throw new CompletionException(none);
                    }
                });
    }

    /** See {@link Catalogue#known}. */
    public List<Catalogue.Listing> known() {
        List<Map.Entry<NodeId, KnownCatalogue>> latest = known.all();
        Collections.reverse(latest);
        List<Catalogue.Listing> listings = new ArrayList<>();
        for (Map.Entry<NodeId, KnownCatalogue> one : latest) {
            one.getValue().entries().stream()
                    .limit(Catalogue.KNOWN_MAX - listings.size())
                    .forEach(entry -> listings.add(listing(one.getKey(), entry)));
        }
        return listings;
    }

    /**
     * A target with what catalogues say of it: nodes that list it as further peers, and its secret, if a contact lists it. Other nodes are
     * asked for the secret once the fetch meets them, and tried as any that tell one.
     */
    public FetchTarget hinted(FetchTarget target) {
        Set<Endpoint> peers = new LinkedHashSet<>(target.peers());
        ShareSecret secret = target.secret();
        for (Map.Entry<NodeId, KnownCatalogue> one : known.all()) {
            ListedShare entry = one.getValue().entry(target.hash());
            Endpoint at = one.getValue().at();
            if (entry != null && at != null && peers.size() < ListedMatches.HINTS_MAX) {
                peers.add(at);
                boolean isContacts = people.nameOf(one.getKey()).isPresent();
                secret = secret == null && isContacts ? entry.secret() : secret;
            }
        }
        return new FetchTarget(target.hash(), target.name(), target.size(), List.copyOf(peers), secret);
    }

    /** Figures since start. */
    public Node.CatalogueStatistics statistics() {
        return new Node.CatalogueStatistics(here.size(), here.questions(), here.refused(), known.entryCount());
    }

    /** Completes once this node knows its contacts and has tried to join. */
    private CompletableFuture<?> neighbourhood() {
        return people.restored().thenCompose(restored -> settling());
    }

    /** @param isOpen whether nodes that appear meanwhile are asked, too */
    private CompletableFuture<Catalogue.Browsed> run(
            List<BrowseRun.Host> hosts, boolean isOpen, BrowseRun.Hearing hearing, BooleanSupplier isOver) {
        long settle = isOpen ? Math.max(0, settledMillis - clock.monotonicMillis()) : 0;
        BrowseRun run = new BrowseRun(scheduler, clock, settle, this::visit, hearing, isOver);
        hosts.forEach(run::add);
        if (isOpen) {
            runs.add(run);
        }
        return run.result().whenComplete((browsed, failure) -> runs.remove(run)).thenApply(checked);
    }

    /** Visits a node once an earlier visit has ended: both would change what is known of it. */
    private CompletableFuture<CatalogueVisit.End> visit(BrowseRun.Host host, Consumer<List<ListedShare>> heard) {
        NodeId node = host.node();
        CompletableFuture<?> earlier = visits.getOrDefault(node, CompletableFuture.completedFuture(null));
        CompletableFuture<CatalogueVisit.End> visit = earlier.handle((end, failure) -> end)
                .thenCompose(end -> new CatalogueVisit(scheduler, clock, node, known.of(node), asking, heard)
                        .start(
                                host.endpoints().isEmpty()
                                        ? finder.find(node)
                                        : CompletableFuture.completedFuture(host.endpoints())));
        visits.put(node, visit);
        return visit.whenComplete((end, failure) -> {
            visits.remove(node, visit);
            known.fit(node);
        });
    }

    private Catalogue.Listing listing(NodeId node, ListedShare entry) {
        return new Catalogue.Listing(
                node,
                people.nameOf(node).orElse(null),
                entry.hash(),
                entry.name(),
                entry.size(),
                entry.folder(),
                entry.files(),
                entry.sinceMillis(),
                entry.secret() != null);
    }
}
