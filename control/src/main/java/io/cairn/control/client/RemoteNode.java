package io.cairn.control.client;

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
import io.cairn.app.json.AnswerJson;
import io.cairn.app.json.CheckJson;
import io.cairn.app.json.FetchEventJson;
import io.cairn.app.json.FetchJson;
import io.cairn.app.json.FetchTargetJson;
import io.cairn.app.json.NodeJson;
import io.cairn.app.json.PeerJson;
import io.cairn.app.json.RepairJson;
import io.cairn.app.json.RequestJson;
import io.cairn.app.json.SearchJson;
import io.cairn.app.json.ShareJson;
import io.cairn.app.json.ShareOptionsJson;
import io.cairn.app.json.WhyJson;
import io.cairn.control.client.OperationLines.Shape;
import io.cairn.control.http.ControlApi;
import io.cairn.control.http.ProcessStatus;
import io.cairn.dht.Provider;
import io.cairn.dht.SearchReport;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ShareOptions;
import io.cairn.transfer.content.link.MagnetLink;
import io.cairn.transfer.content.manifest.InvalidManifestException;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.ManifestCodec;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The node of another process, over its control socket. Closing it only disconnects.
 *
 * <p>When the node's process ends, all open futures fail with a {@link CairnException} of reason {@link io.cairn.app.Reason#NODE_GONE},
 * and so does every later call; a question without a failure of its own throws {@link io.cairn.app.NodeGoneException}. After
 * {@link #close}, what a closed node returns as the state at the close is the state that was heard last.
 */
public final class RemoteNode implements Node {
    private static final String SHARES = "/shares";
    private static final String FETCHES = "/fetches";
    private static final String LIMITS = "/limits";
    private static final String PEERS = "/peers";

    private final NodeCalls calls;
    private final ProcessStatus process;
    private final RemoteFetches fetches;
    private final RemoteNotices notices;
    private final RemoteServices services;
    private final RemoteValues values;
    private final RemoteFollows follows;
    private final RemoteContacts contacts;
    private final RemoteCatalogue catalogue;
    private final RemoteCodes codes;
    private final Remembered<NodeInfo> info;
    private final Remembered<SpeedLimits> limits;
    private final Remembered<NodeStatistics> statistics;

    private RemoteNode(NodeCalls calls, ProcessStatus process) {
        this.calls = calls;
        this.process = process;
        this.info = new Remembered<>(calls, Request.get("/node"), Answer.object(NodeJson::readInfo));
        this.limits = new Remembered<>(calls, Request.get(LIMITS), Answer.object(NodeJson::readLimits));
        this.statistics = new Remembered<>(calls, Request.get("/statistics"), Answer.object(NodeJson::readStatistics));
        this.fetches = new RemoteFetches(calls);
        this.notices = new RemoteNotices(calls);
        this.services = new RemoteServices(calls);
        this.values = new RemoteValues(calls);
        this.follows = new RemoteFollows(calls);
        this.contacts = new RemoteContacts(calls);
        this.catalogue = new RemoteCatalogue(calls);
        this.codes = new RemoteCodes(calls);
    }

    /**
     * Connects to a node, of whatever version; one of another version answers no more than which process runs it, and how to end it.
     * Blocks for at most ten seconds, usually for milliseconds.
     *
     * @param socket the Unix domain socket
     * @throws CairnException of reason NODE_GONE if no node answers there
     */
    public static RemoteNode connect(Path socket) throws CairnException {
        NodeCalls calls = new NodeCalls(socket);
        try {
            return new RemoteNode(calls, calls.begin());
        } catch (CairnException | RuntimeException failure) {
            calls.close();
            throw failure;
        }
    }

    /** The process that runs the node. */
    public ProcessStatus process() {
        return process;
    }

    /** Ends the process as a signal to terminate does. Completes once it has begun to end. */
    public CompletableFuture<ProcessStatus> stopProcess() {
        return calls.call(Request.post("/stop"), Connections.PROCESS);
    }

    /**
     * Asks the process to hand its node over; returns once it has begun to. Blocks for at most ten seconds.
     *
     * @throws CairnException of kind USAGE if it keeps the node
     */
    public void takeOver() throws CairnException {
        ProcessStatus unused = calls.query(Request.post("/yield"), Connections.PROCESS);
    }

    /** Completes when the node's process has ended; never because of {@link #close}. */
    public CompletableFuture<Void> gone() {
        return calls.gone();
    }

    @Override
    public NodeInfo info() {
        return info.ask();
    }

    @Override
    public CompletableFuture<Integer> joined() {
        return calls.call(Request.get("/node/joined"), Answer.object(AnswerJson::readJoined));
    }

    @Override
    public Operation<HashProgress, ShareReport> share(Path path, ShareOptions options, Offers.@Nullable Offer offer) {
        return calls.operation(
                Request.post(SHARES, ShareOptionsJson.of(path, options, offer)),
                new Shape<>(
                        line -> line.type().equals("hashing"),
                        ShareJson::readProgress,
                        ShareJson::readReport,
                        progress -> HashProgress.class));
    }

    @Override
    public List<Share> shares() {
        return calls.ask(Request.get(SHARES), Answer.array(ShareJson::read), List::of);
    }

    @Override
    public CompletableFuture<Share> unshare(Key hash) {
        return calls.call(Request.delete(SHARES + "/" + hash), Answer.object(ShareJson::read));
    }

    @Override
    public FetchTarget resolve(String hashOrLink) throws CairnException {
        return calls.query(
                Request.get("/targets/" + Request.encoded(hashOrLink)), Answer.object(FetchTargetJson::read));
    }

    @Override
    public Fetch fetch(FetchOptions options) {
        return fetches.start(options);
    }

    @Override
    public CompletableFuture<List<Fetch>> takeUpFetches() {
        return calls.call(
                Request.post(FETCHES + "/unfinished"),
                answer -> fetches.some(Answer.array(FetchJson::read).read(answer)));
    }

    @Override
    public List<Fetch> fetches() {
        return calls.ask(
                Request.get(FETCHES),
                answer -> fetches.all(Answer.array(FetchJson::read).read(answer)),
                fetches::lastKnown);
    }

    @Override
    public SpeedLimits limits() {
        return limits.ask();
    }

    @Override
    public CompletableFuture<SpeedLimits> limit(SpeedLimits limits) {
        return calls.call(Request.put(LIMITS, NodeJson.of(limits)), Answer.object(NodeJson::readLimits));
    }

    @Override
    public List<Peer> peers() {
        return calls.ask(Request.get(PEERS), Answer.array(PeerJson::read), List::of);
    }

    @Override
    public CompletableFuture<Contact> connect(String hostAndPort) {
        return calls.call(Request.post(PEERS, RequestJson.connect(hostAndPort)), Answer.object(PeerJson::readContact));
    }

    @Override
    public Operation<Provider, SearchReport> find(Key key) {
        return calls.operation(
                Request.get("/providers/" + key),
                new Shape<>(
                        line -> line.type().equals("provider"),
                        SearchJson::readProvider,
                        SearchJson::readReport,
                        Provider::id));
    }

    @Override
    public CompletableFuture<Why> why(Key hash) {
        return calls.call(Request.get("/why/" + hash), Answer.object(WhyJson::read));
    }

    @Override
    public Operation<Check, List<Check>> doctor() {
        return calls.operation(
                Request.get("/doctor"),
                new Shape<>(line -> line.type().equals("check"), CheckJson::read, CheckJson::readAll, Check::name));
    }

    @Override
    public CompletableFuture<Excerpt> read(Key hash, String path, long offset, int length) {
        String uri = "/files/" + hash + "?path=" + Request.encoded(path) + "&offset=" + offset + "&length=" + length;
        return calls.bytes(Request.get(uri), RemoteNode::excerpt);
    }

    private static Excerpt excerpt(Answer answer) throws CairnException {
        return answer.parsed(bytes -> new Excerpt(
                answer.number(ControlApi.OFFSET_HEADER),
                answer.number(ControlApi.FILE_BYTES_HEADER),
                ByteBuffer.wrap(bytes)));
    }

    @Override
    public CompletableFuture<Manifest> manifest(FetchTarget target) {
        MagnetLink link = new MagnetLink(target.hash(), target.name(), target.size(), target.peers(), target.secret());
        return calls.bytes(
                Request.get("/manifests/" + Request.encoded(link.toString())),
                answer -> answer.parsed(RemoteNode::manifest));
    }

    private static Manifest manifest(byte[] encoded) {
        try {
            return ManifestCodec.parse(encoded);
        } catch (InvalidManifestException invalid) {
            throw new IllegalArgumentException(invalid.getMessage(), invalid);
        }
    }

    @Override
    public Operation<FetchEvent, FetchEvent.Complete> repair(
            FetchTarget target, Manifest manifest, Path place, VerifyReport found) {
        return calls.operation(
                Request.post("/repairs", RepairJson.of(new RepairJson.Repair(target, place, found))),
                new Shape<>(
                        line -> !line.type().equals("complete"),
                        FetchEventJson::read,
                        FetchEventJson::readComplete,
                        FetchEvent::describes));
    }

    @Override
    public Path exportTorrent(Key hash, Path file) throws CairnException {
        return calls.query(
                Request.post("/torrents", RequestJson.torrent(hash, file)), Answer.object(AnswerJson::readTorrent));
    }

    @Override
    public Optional<String> link(Key hash) {
        return calls.ask(
                Request.get(SHARES + "/" + hash + "/link"), Answer.object(AnswerJson::readLink), Optional::empty);
    }

    @Override
    public Contacts contacts() {
        return contacts;
    }

    @Override
    public Offers offers() {
        return new RemoteOffers(calls);
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
        return statistics.ask();
    }

    @Override
    public Subscription onNotice(Consumer<? super Notice> listener) {
        return notices.subscribe(listener);
    }

    /** Only disconnects: the node runs on. */
    @Override
    public void close() {
        calls.close();
    }
}
