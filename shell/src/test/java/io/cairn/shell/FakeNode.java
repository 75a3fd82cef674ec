package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Catalogue;
import io.cairn.app.Check;
import io.cairn.app.Codes;
import io.cairn.app.Contacts;
import io.cairn.app.Fetch;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchState;
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
import io.cairn.app.Verifier.VerifyReport;
import io.cairn.app.Version;
import io.cairn.app.Why;
import io.cairn.app.work.TargetResolver;
import io.cairn.dht.Provider;
import io.cairn.dht.PublishReport;
import io.cairn.dht.SearchReport;
import io.cairn.dht.crypto.Identity;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ScanNotes;
import io.cairn.transfer.content.ShareOptions;
import io.cairn.transfer.content.hashing.ShareScanner;
import io.cairn.transfer.content.manifest.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node without a network: nodes in the same world see each other's shares at once. A fetch copies the file and emits the events of a
 * real one, or the events in a test's script.
 */
public final class FakeNode implements Node {
    static final int CHUNK_BYTES = 1 << 18;

    /** The world that all nodes of a test share: by hash, the file and its providers. */
    public static final class World {
        final Map<Key, Path> files = new LinkedHashMap<>();
        final Map<Key, List<FakeNode>> holders = new LinkedHashMap<>();
        public final List<FakeNode> nodes = new ArrayList<>();
        public final Map<Values.Name, Values.Read> values = new LinkedHashMap<>();
        final Map<Integer, FakeCodes.OpenFake> codes = new LinkedHashMap<>();

        public Path file(Key hash) {
            return Objects.requireNonNull(files.get(hash), "nobody shared this");
        }

        List<FakeNode> holders(Key hash) {
            return Objects.requireNonNull(holders.get(hash), "nobody has this");
        }
    }

    public final NodeConfig config;
    final World world;
    public final Identity identity;
    public final FakeServices services = new FakeServices(this);
    public final FakeCatalogue catalogue = new FakeCatalogue(this);
    private final FakeValues values = new FakeValues(this);
    private final FakeFollows follows = new FakeFollows(this);
    private final FakeContacts contacts = new FakeContacts(this);
    public final FakeCodes codes = new FakeCodes(this);
    public final List<Share> shared = new ArrayList<>();
    final List<Fetch> fetched = new ArrayList<>();
    public final List<FetchOptions> asked = new ArrayList<>();
    final List<FetchOptions> unfinished = new ArrayList<>();
    SpeedLimits limits = SpeedLimits.NONE;
    List<FetchEvent> script = List.of();

    /** What the doctor finds. */
    public List<Check> checks = List.of(Check.ok("port", "UDP and TCP port 4747 on all addresses"));

    @Nullable
    public CairnException fetchFailure;

    @Nullable
    public Why why;

    public Map<String, String> substituted = Map.of();
    public boolean fetchHangs;
    public boolean doneWhenStopped;
    public Runnable whenShared = () -> {};
    public Runnable whenFollowed = () -> {};
    public Runnable whenFetching = () -> {};
    public Runnable whenTakingUp = () -> {};
    public boolean closed;
    public boolean stopped;

    FakeNode(NodeConfig config, World world) {
        this.config = config;
        this.world = world;
        this.identity = Identity.generate(new Random(world.nodes.size()));
        world.nodes.add(this);
    }

    Endpoint endpoint() {
        return Endpoint.parse("127.0.0.1:" + (4747 + world.nodes.indexOf(this)));
    }

    @Override
    public NodeInfo info() {
        return new NodeInfo(
                Version.NUMBER,
                identity.nodeId(),
                identity.publicKey(),
                endpoint().port(),
                List.of(endpoint()),
                config.network(),
                config.lan(),
                config.bind(),
                config.bootstrap(),
                config.networkKeyFile(),
                config.dataDirectory());
    }

    @Override
    public CompletableFuture<Integer> joined() {
        return CompletableFuture.completedFuture(peers().size());
    }

    @Override
    public Operation<HashProgress, ShareReport> share(Path path, ShareOptions options, Offers.@Nullable Offer offer) {
        FakeOperation<HashProgress, ShareReport> sharing = new FakeOperation<>();
        if (refuses(sharing.completion)) {
            return sharing;
        }
        try {
            ScanNotes notes = ShareScanner.scan(path, options, () -> false).notes();
            long size = Files.size(path);
            sharing.tell(new HashProgress(size, size));
            Manifest manifest = ManifestsForTests.of(name(path), size, CHUNK_BYTES);
            Share plain = new Share(manifest.hash(), manifest.name(), path, size, manifest.chunkCount(), true, 0);
            Share share = offer == null ? plain : FakeOffers.with(plain, offer);
            shared.add(share);
            catalogue.shared(share, offer);
            world.files.put(share.hash(), path);
            world.holders
                    .computeIfAbsent(share.hash(), hash -> new ArrayList<>())
                    .add(this);
            whenShared.run();
            sharing.completion.complete(
                    new ShareReport(share, linkOf(share), new PublishReport(4, 4, 9, 9, 4, 1, 12, 30, 1), 20, notes));
        } catch (IOException failure) {
            sharing.completion.completeExceptionally(
                    new CairnException(Kind.OTHER, "cannot share", failure.toString(), "try again"));
        }
        return sharing;
    }

    private String linkOf(Share share) {
        return "magnet:?xt=urn:btih:" + share.hash() + "&dn=" + share.name() + "&x.pe=" + endpoint();
    }

    @Override
    public List<Share> shares() {
        return closed ? List.of() : shared;
    }

    @Override
    public CompletableFuture<Share> unshare(Key hash) {
        if (closed) {
            return CompletableFuture.failedFuture(FakeOperation.closed());
        }
        for (Share share : shared) {
            if (share.hash().equals(hash)) {
                shared.remove(share);
                return CompletableFuture.completedFuture(share);
            }
        }
        return CompletableFuture.failedFuture(
                new CairnException(Kind.OTHER, "cannot unshare " + hash, "it is not shared", "shares lists what is"));
    }

    @Override
    public FetchTarget resolve(String hashOrLink) throws CairnException {
        if (closed) {
            throw FakeOperation.closed();
        }
        if (hashOrLink.matches("[0-9a-fA-F]{40}")) {
            return new FetchTarget(Key.fromHex(hashOrLink), "", -1, List.of());
        }
        Map<Key, String> called = new LinkedHashMap<>();
        shared.stream()
                .filter(share -> share.name().equals(hashOrLink))
                .forEach(share -> called.put(share.hash(), share.name()));
        if (called.size() > 1) {
            return TargetResolver.resolve(hashOrLink, called);
        }
        for (Share share : shared) {
            if (share.name().equals(hashOrLink)) {
                return new FetchTarget(share.hash(), share.name(), share.size(), List.of());
            }
        }
        for (Fetch fetch : fetched) {
            if (fetch.hash().toHex().startsWith(hashOrLink)) {
                return fetch.options().target();
            }
        }
        throw new CairnException(Kind.USAGE, "\"" + hashOrLink + "\" names nothing", "not 40 digits", "give a hash");
    }

    @Override
    public Fetch fetch(FetchOptions options) {
        asked.add(options);
        FakeFetch fetch = new FakeFetch(this, options);
        if (refuses(fetch.completion)) {
            return fetch;
        }
        fetched.add(fetch);
        for (FetchEvent event : script.isEmpty() ? usualStory(options.target().hash()) : script) {
            fetch.tell(event);
        }
        whenFetching.run();
        if (fetchFailure != null) {
            fetch.completion.completeExceptionally(fetchFailure);
        } else if (!fetchHangs && world.files.containsKey(fetch.hash())) {
            copy(options, fetch);
        }
        return fetch;
    }

    private List<FetchEvent> usualStory(Key hash) {
        if (!world.files.containsKey(hash)) {
            return List.of(new FetchEvent.Lookup(1, 1, 0));
        }
        return FakeScript.usual(world.holders(hash).get(0), world.file(hash));
    }

    void copy(FetchOptions options, FakeFetch fetch) {
        Key hash = options.target().hash();
        Path file = world.file(hash);
        try {
            Path target = options.output().path();
            if (options.output().isFolder() || Files.isDirectory(target)) {
                Files.createDirectories(target);
                target = target.resolve(name(file));
            }
            boolean alreadyThere = Files.exists(target);
            if (!alreadyThere) {
                Files.copy(file, target);
            }
            List<FetchEvent.Contribution> peers = world.holders(hash).stream()
                    .map(node -> new FetchEvent.Contribution(node.identity.nodeId(), node.endpoint(), 2, 1024))
                    .toList();
            FetchEvent.Complete complete = new FetchEvent.Complete(
                    hash, name(file), target, Files.size(file), 4, 1234, peers, 1, alreadyThere, substituted, null);
            fetch.state = FetchState.DONE;
            fetch.tell(complete);
            fetch.completion.complete(complete);
            if (options.keepSharing()) {
                world.holders(hash).add(this);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public CompletableFuture<List<Fetch>> takeUpFetches() {
        whenTakingUp.run();
        List<Fetch> taken = new ArrayList<>();
        for (FetchOptions options : unfinished) {
            FakeFetch fetch = new FakeFetch(this, options);
            fetch.state = FetchState.PAUSED;
            taken.add(fetch);
        }
        fetched.addAll(taken);
        return answer(taken);
    }

    @Override
    public SpeedLimits limits() {
        return limits;
    }

    @Override
    public CompletableFuture<SpeedLimits> limit(SpeedLimits wanted) {
        limits = wanted;
        return answer(wanted);
    }

    @Override
    public List<Fetch> fetches() {
        return fetched;
    }

    @Override
    public List<Peer> peers() {
        return world.nodes.stream()
                .filter(node -> node != this && !closed)
                .map(node -> new Peer(node.identity.nodeId(), node.endpoint(), Peer.Via.DHT, 2048, 1024))
                .toList();
    }

    @Override
    public CompletableFuture<Contact> connect(String hostAndPort) {
        return answer(new Contact(identity.nodeId(), Endpoint.parse(hostAndPort)));
    }

    @Override
    public Operation<Provider, SearchReport> find(Key key) {
        FakeOperation<Provider, SearchReport> search = new FakeOperation<>();
        if (refuses(search.completion)) {
            return search;
        }
        List<FakeNode> holders = world.holders.getOrDefault(key, List.of());
        holders.forEach(
                node -> search.tell(new Provider(node.identity.publicKey(), List.of(node.endpoint()), Long.MAX_VALUE)));
        List<SearchReport.Asked> all = List.of(new SearchReport.Asked(
                new Contact(identity.nodeId(), endpoint()), SearchReport.Outcome.ANSWERED, holders.size(), 0, 0, 12));
        search.completion.complete(new SearchReport(key, all, holders.size(), 12));
        return search;
    }

    @Override
    public CompletableFuture<Why> why(Key hash) {
        return answer(why == null ? FakeWhy.neverFetched(hash) : why);
    }

    @Override
    public CompletableFuture<Excerpt> read(Key hash, String path, long offset, int length) {
        Path file = world.files.get(hash);
        if (closed) {
            return CompletableFuture.failedFuture(FakeOperation.closed());
        }
        if (file == null || offset < 0 || !path.isEmpty() && !path.equals(name(file))) {
            return CompletableFuture.failedFuture(new CairnException(
                    file == null ? Kind.NO_PROVIDER : Kind.USAGE, "cannot read " + hash, "it is not here", "fetch it"));
        }
        return CompletableFuture.completedFuture(FakeScript.excerpt(file, offset, length));
    }

    @Override
    public CompletableFuture<Manifest> manifest(FetchTarget target) {
        Path file = world.file(target.hash());
        try {
            return answer(ManifestsForTests.of(name(file), Files.size(file), CHUNK_BYTES));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public Operation<FetchEvent, FetchEvent.Complete> repair(
            FetchTarget target, Manifest manifest, Path place, VerifyReport found) {
        FakeOperation<FetchEvent, FetchEvent.Complete> repair = new FakeOperation<>();
        repair.tell(new FetchEvent.Verified(manifest.chunkCount()));
        repair.completion.complete(new FetchEvent.Complete(
                target.hash(),
                manifest.name(),
                place,
                manifest.totalBytes(),
                manifest.chunkCount(),
                1,
                List.of(),
                0,
                false));
        return repair;
    }

    @Override
    public Path exportTorrent(Key hash, Path file) {
        return file;
    }

    @Override
    public Optional<String> link(Key hash) {
        return shares().stream()
                .filter(share -> share.hash().equals(hash))
                .map(this::linkOf)
                .findFirst();
    }

    @Override
    public Operation<Check, List<Check>> doctor() {
        FakeOperation<Check, List<Check>> visit = new FakeOperation<>();
        checks.forEach(visit::tell);
        visit.completion.complete(checks);
        return visit;
    }

    @Override
    public Contacts contacts() {
        return contacts;
    }

    @Override
    public Offers offers() {
        return new FakeOffers(shared, this::linkOf);
    }

    @Override
    public Catalogue catalogue() {
        return catalogue;
    }

    @Override
    public Codes codes() {
        return codes;
    }

    @Override
    public Services services() {
        return services;
    }

    @Override
    public Follows follows() {
        return follows;
    }

    @Override
    public Values values() {
        return values;
    }

    @Override
    public NodeStatistics statistics() {
        return FakeStatistics.SOME;
    }

    @Override
    public Subscription onNotice(Consumer<? super Notice> listener) {
        return () -> {};
    }

    @Override
    public void close() {
        closed = true;
        fetched.forEach(fetch -> refuses(fetch.completion()));
    }

    <T> CompletableFuture<T> answer(T value) {
        return closed
                ? CompletableFuture.failedFuture(FakeOperation.closed())
                : CompletableFuture.completedFuture(value);
    }

    /** Whether the node is closed; then the future fails, unless it is complete. */
    boolean refuses(CompletableFuture<?> future) {
        if (closed) {
            future.completeExceptionally(FakeOperation.closed());
        }
        return closed;
    }

    static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
