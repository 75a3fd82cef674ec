package io.cairn.control;

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
import io.cairn.app.Offers;
import io.cairn.app.Operation;
import io.cairn.app.Services;
import io.cairn.app.SpeedLimits;
import io.cairn.app.Subscription;
import io.cairn.app.Values;
import io.cairn.app.Verifier.VerifyReport;
import io.cairn.app.Why;
import io.cairn.dht.Provider;
import io.cairn.dht.SearchReport;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ShareOptions;
import io.cairn.transfer.content.manifest.Manifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The node of a data directory, in this process or in another. When a node of another process ends, the next one takes its place: one
 * that yet another process started, or one that this process starts. Calls and operations then go on there: each is made again, which is
 * safe because each call asks for a state and not for a step. A fetch resumes from what has arrived.
 */
public final class SharedNode implements Node {
    private final Succession succession;
    private final Services services;
    private final Values values;
    private final Follows follows;
    private final Contacts contacts;
    private final Offers offers;
    private final Catalogue catalogue;
    private final Codes codes;

    private SharedNode(Succession succession) {
        this.succession = succession;
        this.services = new SharedServices(succession);
        this.values = new SharedValues(succession);
        this.follows = new SharedFollows(succession);
        contacts = new SharedContacts(succession);
        offers = new SharedOffers(succession);
        catalogue = new SharedCatalogue(succession);
        codes = new SharedCodes(succession);
    }

    /**
     * Reaches the node. Blocks.
     *
     * @param wanted asked while it waits; if not, it fails with kind INTERRUPTED
     */
    public static SharedNode open(NodeReach reach, BooleanSupplier wanted) throws CairnException {
        return new SharedNode(new Succession(reach, reach.reach(wanted)));
    }

    /** Goes on with a node that was reached already. */
    public static SharedNode over(Attachment first, NodeReach reach) {
        return new SharedNode(new Succession(reach, first));
    }

    /** The node in use now. */
    public Attachment attachment() {
        return succession.current();
    }

    /** Reports each node that takes the place of another. */
    public Subscription successors(Consumer<? super Attachment> listener) {
        return succession.subscribe(listener);
    }

    @Override
    public NodeInfo info() {
        return succession.ask(on -> on.node().info());
    }

    @Override
    public CompletableFuture<Integer> joined() {
        return succession.carry(on -> on.node().joined());
    }

    @Override
    public Operation<HashProgress, ShareReport> share(Path path, ShareOptions options, Offers.@Nullable Offer offer) {
        return operation(node -> node.share(path, options, offer));
    }

    @Override
    public List<Share> shares() {
        return succession.ask(on -> on.node().shares());
    }

    @Override
    public CompletableFuture<Share> unshare(Key hash) {
        return succession.carry(on -> on.node().unshare(hash));
    }

    @Override
    public FetchTarget resolve(String hashOrLink) throws CairnException {
        return succession.query(on -> on.node().resolve(hashOrLink));
    }

    @Override
    public Fetch fetch(FetchOptions options) {
        return SteadyFetch.begin(succession, options);
    }

    @Override
    public CompletableFuture<List<Fetch>> takeUpFetches() {
        return succession.carry(on -> on.node().takeUpFetches().thenApply(fetches -> steady(on, fetches)));
    }

    @Override
    public List<Fetch> fetches() {
        return succession.ask(on -> steady(on, on.node().fetches()));
    }

    @Override
    public SpeedLimits limits() {
        return succession.ask(on -> on.node().limits());
    }

    @Override
    public CompletableFuture<SpeedLimits> limit(SpeedLimits limits) {
        return succession.carry(on -> on.node().limit(limits));
    }

    @Override
    public List<Peer> peers() {
        return succession.ask(on -> on.node().peers());
    }

    @Override
    public CompletableFuture<Contact> connect(String hostAndPort) {
        return succession.carry(on -> on.node().connect(hostAndPort));
    }

    @Override
    public Operation<Provider, SearchReport> find(Key key) {
        return operation(node -> node.find(key));
    }

    @Override
    public CompletableFuture<Why> why(Key hash) {
        return succession.carry(on -> on.node().why(hash));
    }

    @Override
    public Operation<Check, List<Check>> doctor() {
        return operation(Node::doctor);
    }

    @Override
    public CompletableFuture<Excerpt> read(Key hash, String path, long offset, int length) {
        return succession.carry(on -> on.node().read(hash, path, offset, length));
    }

    @Override
    public CompletableFuture<Manifest> manifest(FetchTarget target) {
        return succession.carry(on -> on.node().manifest(target));
    }

    @Override
    public Operation<FetchEvent, FetchEvent.Complete> repair(
            FetchTarget target, Manifest manifest, Path place, VerifyReport found) {
        return operation(node -> node.repair(target, manifest, place, found));
    }

    @Override
    public Path exportTorrent(Key hash, Path file) throws CairnException {
        return succession.query(on -> on.node().exportTorrent(hash, file));
    }

    @Override
    public Optional<String> link(Key hash) {
        return succession.ask(on -> on.node().link(hash));
    }

    @Override
    public Contacts contacts() {
        return contacts;
    }

    @Override
    public Offers offers() {
        return offers;
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
        return succession.ask(on -> on.node().statistics());
    }

    @Override
    public Subscription onNotice(Consumer<? super Notice> listener) {
        return succession.follow(node -> node.onNotice(listener));
    }

    /** Ends the node if it runs in this process; otherwise only lets go of it. */
    @Override
    public void close() {
        succession.close();
    }

    private List<Fetch> steady(Attachment on, List<Fetch> fetches) {
        return fetches.stream()
                .<Fetch>map(fetch -> SteadyFetch.of(succession, on, fetch))
                .toList();
    }

    private <E, R> Operation<E, R> operation(Function<Node, Operation<E, R>> call) {
        return SteadyOperation.begun(succession, on -> call.apply(on.node()));
    }
}
