package io.cairn.app.node;

import io.cairn.app.CairnException;
import io.cairn.app.Catalogue;
import io.cairn.app.Check;
import io.cairn.app.Codes;
import io.cairn.app.Contacts;
import io.cairn.app.Fetch;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchTarget;
import io.cairn.app.Follows;
import io.cairn.app.Node;
import io.cairn.app.Node.Excerpt;
import io.cairn.app.NodeConfig;
import io.cairn.app.Offers;
import io.cairn.app.Operation;
import io.cairn.app.Services;
import io.cairn.app.SpeedLimits;
import io.cairn.app.Subscription;
import io.cairn.app.Values;
import io.cairn.app.Verifier;
import io.cairn.app.Verifier.VerifyReport;
import io.cairn.app.Why;
import io.cairn.app.doctor.Doctor;
import io.cairn.app.doctor.Patient;
import io.cairn.app.fetch.FetchQueue;
import io.cairn.app.fetch.FetchRequests;
import io.cairn.app.fetch.Reads;
import io.cairn.app.fetch.Repairs;
import io.cairn.app.fetch.run.FetchRuns;
import io.cairn.app.fetch.run.FetchTools;
import io.cairn.app.manifest.ManifestOnly;
import io.cairn.app.manifest.Manifests;
import io.cairn.app.manifest.PeerManifests;
import io.cairn.app.manifest.TorrentExport;
import io.cairn.app.network.Bootstraps;
import io.cairn.app.network.GreetedConnections;
import io.cairn.app.network.Greeting;
import io.cairn.app.network.NetworkAccess;
import io.cairn.app.network.NetworkView;
import io.cairn.app.network.Peers;
import io.cairn.app.network.Sockets;
import io.cairn.app.network.Surroundings;
import io.cairn.app.people.People;
import io.cairn.app.share.PlacedVerifier;
import io.cairn.app.share.Shares;
import io.cairn.app.trace.NodeTracing;
import io.cairn.app.work.Broadcast;
import io.cairn.app.work.HashOwners;
import io.cairn.app.work.HostAndPort;
import io.cairn.app.work.LocalOperation;
import io.cairn.app.work.NodeClosed;
import io.cairn.app.work.Work;
import io.cairn.dht.Provider;
import io.cairn.dht.SearchReport;
import io.cairn.dht.crypto.Identity;
import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Environment;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.net.NodeLoop;
import io.cairn.dht.net.SystemClock;
import io.cairn.dht.node.DhtNode;
import io.cairn.dht.wire.DatagramCodec;
import io.cairn.dht.wire.Envelopes;
import io.cairn.transfer.content.ShareOptions;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.net.tls.RunTls;
import io.cairn.transfer.store.state.StateDatabase;
import io.cairn.transfer.swarm.Swarm;
import io.cairn.transfer.swarm.peer.SwarmLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node in this process: constructs the adapters, wires the parts together and forwards to them. */
public final class LocalNode implements Node {
    private static final Logger LOG = LoggerFactory.getLogger(LocalNode.class);
    private static final long CLOSE_MILLIS = 5_000;
    private static final CompletableFuture<Void> ALREADY = CompletableFuture.completedFuture(null);

    private final NodeConfig config;
    private final DataDirectory directory;
    private final Identity identity;
    private final StateDatabase state;
    private final NodeLoop loop;
    private final Work work;
    private final Answers answers;
    private final Clock clock = new SystemClock();
    private final NetworkAccess network;
    private final Sockets sockets;
    private final DhtNode dht;
    private final Swarm swarm;
    private final Shares shares;
    private final FetchQueue fetches;
    private final Repairs repairs;
    private final Manifests manifests;
    private final KnownHashes known;
    private final long startedMillis = clock.monotonicMillis();
    private final CompletableFuture<Integer> joined = new CompletableFuture<>();
    private final Broadcast<Notice> notices;
    private final Surroundings surroundings;
    private final Bootstraps bootstraps;
    private final RehearsalPlan rehearsal;
    private final NodeTracing tracing;
    private final Reads reads;
    private final Facets facets;
    private final PeopleFacets peopleFacets;
    private final Upkeep upkeep;
    private final PathSharing sharing;
    private volatile AtClose atClose;
    private boolean closed;

    LocalNode(
            NodeConfig config,
            DataDirectory directory,
            Identity identity,
            StateDatabase state,
            NodeLoop loop,
            RunTls tls,
            SecureRandom random,
            SpeedLimits remembered,
            List<HostAndPort> named,
            NodeTracing tracing)
            throws CairnException {
        this.config = config;
        this.directory = directory;
        this.identity = identity;
        this.state = state;
        this.loop = loop;
        work = new Work(loop, loop::isLoopThread);
        notices = new Broadcast<>(work, notice -> null);
        answers = new Answers(work, directory.path().resolve(StateDatabase.FILE_NAME), this::view);
        network = NetworkName.access(config.network(), config.networkKeyFile());
        sockets = Sockets.open(config, identity, network, tls, clock, loop);
        sockets.sessions().limit(config.transfer().limits(remembered).ofSessions());
        surroundings = new Surroundings(config.bind(), sockets.port());
        bootstraps = new Bootstraps(work, surroundings, named, config.bootstrapSource());
        Environment environment = new Environment(clock, loop, sockets.datagrams(), random, state.heldRecords());
        this.tracing = tracing;
        Envelopes envelopes = tracing.envelopes(new DatagramCodec(identity));
        dht = work.ask(() -> new DhtNode(identity, network.id(), environment, envelopes, KademliaLimits.defaults()));
        swarm = work.ask(() -> new Swarm(
                tracing.dht(dht),
                clock,
                loop,
                random,
                tracing.connections(
                        network.keys() == null ? sockets.sessions() : new GreetedConnections(sockets.sessions(), dht)),
                new PeerManifests(),
                SwarmLimits.DEFAULT,
                this::unreadable));
        HashOwners owners = new HashOwners();
        People people = People.of(work, state, dht, swarm);
        shares = new Shares(
                work, clock, state, dht, swarm, owners, people, random, surroundings::addresses, notices::tell);
        FetchTools tools = new FetchTools(
                work, clock, state, dht, swarm, shares, people, owners, surroundings, this::view, tracing.fetches());
        fetches = new FetchQueue(
                work,
                clock,
                new FetchRequests(work, state),
                new FetchRuns(tools),
                owners,
                config.transfer().fetchesAtOnce());
        repairs = new Repairs(tools);
        reads = new Reads(work, shares, fetches);
        sharing = new PathSharing(work, answers, shares, joined);
        rehearsal = new RehearsalPlan(loop, sockets.sessions().used(), sharing::isBusy, directory.path());
        manifests = new Manifests(loop, owners, target -> ManifestOnly.fetch(tools, target));
        known = new KnownHashes(work, state, shares, fetches, manifests);
        upkeep = new Upkeep(work, clock, dht, shares, state.peers());
        facets = new Facets(
                work,
                answers,
                clock,
                dht,
                random,
                state,
                joined,
                shares,
                people.contacts()::nameOf,
                fetches::start,
                notices::tell);
        peopleFacets = new PeopleFacets(
                work,
                answers,
                clock,
                dht,
                swarm,
                random,
                state,
                joined,
                shares,
                people,
                notices::tell,
                surroundings::addresses,
                surroundings::isNear,
                fetches::list,
                sharing,
                this::unshare);
        atClose = work.ask(() -> new AtClose(List.of(), figures()));
    }

    /** Starts a node; returns once it is bound and usable. It joins the network in the background. */
    public static Node start(NodeConfig config) throws CairnException {
        return new NodeLauncher().start(config);
    }

    /** Compares files on disk with manifests. */
    public static Verifier verifier() {
        return new PlacedVerifier();
    }

    @Override
    public NodeInfo info() {
        return Figures.info(config, identity, sockets, surroundings, directory);
    }

    @Override
    public CompletableFuture<Integer> joined() {
        return joined.copy();
    }

    @Override
    public Operation<HashProgress, ShareReport> share(Path path, ShareOptions options, Offers.@Nullable Offer offer) {
        return sharing.share(path, options, adding -> peopleFacets.share(path, offer, adding));
    }

    @Override
    public List<Share> shares() {
        return answers.unlessClosed(shares.restored(), shares::list, List.of());
    }

    @Override
    public CompletableFuture<Share> unshare(Key hash) {
        return answers.of("cannot forget the share " + hash, () -> {
            facets.unshared(hash);
            return shares.remove(hash);
        });
    }

    @Override
    public FetchTarget resolve(String hashOrLink) throws CairnException {
        FetchTarget target = known.resolve(hashOrLink);
        return work.ask(() -> peopleFacets.hinted(target));
    }

    @Override
    public Fetch fetch(FetchOptions options) {
        return fetches.start(options);
    }

    @Override
    public CompletableFuture<Why> why(Key hash) {
        return answers.of("cannot say why " + hash + " stands where it stands", () -> fetches.why(hash));
    }

    @Override
    public CompletableFuture<List<Fetch>> takeUpFetches() {
        return answers.of("cannot take up earlier fetches", fetches::takeUp);
    }

    @Override
    public List<Fetch> fetches() {
        return answers.unlessClosed(ALREADY, fetches::list, atClose.fetches);
    }

    @Override
    public SpeedLimits limits() {
        return SpeedLimits.of(sockets.sessions().limits());
    }

    @Override
    public CompletableFuture<SpeedLimits> limit(SpeedLimits limits) {
        return answers.of("the limits hold now but are not remembered", () -> {
            sockets.sessions().limit(limits.ofSessions());
            return work.offload(() -> {
                RememberedLimits.write(state.settings(), limits);
                return limits;
            });
        });
    }

    @Override
    public List<Peer> peers() {
        return answers.unlessClosed(
                ALREADY, () -> Peers.of(dht.contacts(), swarm.statistics().sessions()), List.of());
    }

    @Override
    public CompletableFuture<Contact> connect(String hostAndPort) {
        return answers.of(
                "cannot connect to " + hostAndPort,
                () -> work.offload(() -> surroundings.meantBy(
                                HostAndPort.parse(hostAndPort).resolve()))
                        .thenCompose(endpoints -> Greeting.first(dht, endpoints, hostAndPort, dht::misfits)));
    }

    @Override
    public Operation<Provider, SearchReport> find(Key key) {
        Broadcast<Provider> found = new Broadcast<>(work, Provider::id);
        return new LocalOperation<>(
                found,
                answers.of(
                        "cannot look for " + key,
                        () -> Greeting.search(dht, shares.publications().key(key), found::tell)
                                .thenApply(report -> answers.unlessDenied(
                                        "nobody is known to have " + key, report.answered() > 0, report))));
    }

    @Override
    public CompletableFuture<Excerpt> read(Key hash, String path, long offset, int length) {
        return answers.of("cannot read " + hash, over -> reads.read(hash, path, offset, length, over));
    }

    @Override
    public CompletableFuture<Manifest> manifest(FetchTarget target) {
        return answers.of("cannot get the manifest of " + target.hash(), () -> known.manifest(target));
    }

    @Override
    public Operation<FetchEvent, FetchEvent.Complete> repair(
            FetchTarget target, Manifest manifest, Path place, VerifyReport found) {
        Broadcast<FetchEvent> events = new Broadcast<>(work, FetchEvent::describes);
        return new LocalOperation<>(
                events, repairs.begin(target, manifest, place.toAbsolutePath().normalize(), found, events::tell));
    }

    @Override
    public Path exportTorrent(Key hash, Path file) throws CairnException {
        return TorrentExport.write(hash, known.manifest(hash), file);
    }

    @Override
    public Optional<String> link(Key hash) {
        return answers.unlessClosed(
                shares.restored(),
                () -> shares.manifest(hash).map(shares.reports()::link).filter(link -> !link.isEmpty()),
                Optional.empty());
    }

    @Override
    public Contacts contacts() {
        return peopleFacets.contacts();
    }

    @Override
    public Offers offers() {
        return peopleFacets.offers();
    }

    @Override
    public Catalogue catalogue() {
        return peopleFacets.catalogue();
    }

    @Override
    public Codes codes() {
        return peopleFacets.codes();
    }

    @Override
    public Services services() {
        return facets.services();
    }

    @Override
    public Follows follows() {
        return facets.follows();
    }

    @Override
    public Values values() {
        return facets.values();
    }

    @Override
    public NodeStatistics statistics() {
        return answers.unlessClosed(ALREADY, this::figures, atClose.figures);
    }

    @Override
    public Operation<Check, List<Check>> doctor() {
        return Doctor.examine(
                new Patient(work, config, network, sockets, surroundings, bootstraps, dht, swarm, joined));
    }

    private NodeStatistics figures() {
        return Figures.of(dht, swarm, fetches.list(), peopleFacets.listed(), clock.monotonicMillis() - startedMillis);
    }

    @Override
    public Subscription onNotice(Consumer<? super Notice> listener) {
        return notices.subscribe(listener);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        shares.close();
        try {
            work.onLoop(this::leave).get(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException unfinished) {
            LOG.warn("the node did not stop cleanly", unfinished);
        }
        rehearsal.close();
        sockets.close();
        loop.close();
        tracing.close();
        work.close();
        joined.completeExceptionally(NodeClosed.exception());
        try {
            state.close();
        } catch (IOException failure) {
            LOG.warn("the state database was not closed cleanly", failure);
        }
        directory.release();
    }

    void enter() {
        if (config.rehearses()) {
            rehearsal.begin();
        }
        upkeep.watchShares();
        surroundings.watch(work, dht, () -> {
            bootstraps.networkChanged(dht);
            fetches.contactAppeared();
        });
        loop.execute(() -> dht.observe(new NetworkNews(fetches, peopleFacets::nameOf, notices)));
        Work.watch(work.onLoop(fetches::restore), "reading what was placed before");
        facets.restore();
        peopleFacets.restore();
        Work.watch(work.onLoop(shares::restore), "reading what was shared before");
        Work.watch(
                work.onLoop(() -> upkeep.rememberedPeers()
                        .thenCompose(remembered -> bootstraps.join(dht, remembered))
                        .whenComplete((contacts, failure) -> {
                            joined.complete(
                                    failure == null ? contacts : dht.contacts().size());
                            upkeep.rememberPeers();
                        })),
                "joining");
    }

    private CompletableFuture<List<Contact>> leave() {
        upkeep.close();
        surroundings.close();
        bootstraps.close();
        List<Contact> contacts = dht.contacts();
        Map<Key, Long> uploads = shares.reports().uploads();
        atClose = new AtClose(fetches.list(), figures());
        manifests.close();
        facets.close();
        peopleFacets.close();
        CompletableFuture<List<Contact>> remembered = CompletableFuture.allOf(repairs.close(), fetches.close())
                .thenCompose(stopped -> work.offload(() -> {
                    state.peers().seen(contacts, clock.wallMillis());
                    state.shares().addUploaded(uploads);
                    return contacts;
                }));
        CompletableFuture<List<Contact>> unread = remembered.whenComplete((seen, failure) -> swarm.close());
        CompletableFuture<List<Contact>> saved = unread.exceptionally(failure -> contacts)
                .thenCompose(seen -> shares.closeFiles())
                .thenCompose(closed -> unread)
                .thenCompose(seen -> dht.recordsSaved().thenApply(done -> seen));
        return saved.whenComplete((seen, failure) -> dht.close());
    }

    private void unreadable(Key hash, Throwable failure) {
        shares.unreadable(hash, failure);
    }

    /** On the loop. */
    private NetworkView view() {
        return new NetworkView(
                surroundings.seen(), dht.contacts(), dht.misfits(), bootstraps.silent(), peopleFacets.names());
    }

    /** The state that a closed node still reports. */
    private record AtClose(List<Fetch> fetches, NodeStatistics figures) {}
}
