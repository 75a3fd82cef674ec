package io.cairn.dht.node;

import io.cairn.dht.Announcement;
import io.cairn.dht.Dht;
import io.cairn.dht.DhtStatistics;
import io.cairn.dht.DialBack;
import io.cairn.dht.LookupReport;
import io.cairn.dht.Misfit;
import io.cairn.dht.PublishJournal;
import io.cairn.dht.PublishReport;
import io.cairn.dht.PublishedRegion;
import io.cairn.dht.RecordStatistics;
import io.cairn.dht.crypto.Identity;
import io.cairn.dht.env.Environment;
import io.cairn.dht.env.Packet;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.kad.RoutingTable;
import io.cairn.dht.kad.record.RecordStore;
import io.cairn.dht.node.answer.DatagramInbox;
import io.cairn.dht.node.answer.RequestHandler;
import io.cairn.dht.node.lookup.Lookups;
import io.cairn.dht.node.publish.OwnRecords;
import io.cairn.dht.node.publish.Publisher;
import io.cairn.dht.node.record.RecordKeeping;
import io.cairn.dht.node.record.Republisher;
import io.cairn.dht.node.request.DialBackRequests;
import io.cairn.dht.node.request.Local;
import io.cairn.dht.node.request.Requests;
import io.cairn.dht.node.request.SeenAs;
import io.cairn.dht.node.request.StoreWindow;
import io.cairn.dht.node.request.Traffic;
import io.cairn.dht.node.upkeep.Maintenance;
import io.cairn.dht.node.upkeep.Misfits;
import io.cairn.dht.node.upkeep.PeerClocks;
import io.cairn.dht.node.upkeep.PeersHeard;
import io.cairn.dht.node.upkeep.TableContacts;
import io.cairn.dht.wire.Envelopes;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.NetworkId;
import io.cairn.dht.wire.RecordBatch;
import io.cairn.dht.wire.RecordPolicy;
import io.cairn.dht.wire.RecordType;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One node of the network. It holds the parts and forwards to them; they do the work. It listens from construction on. All calls, the
 * constructor included, belong on the loop of its environment.
 */
public final class DhtNode implements Dht {
    private final Local local;
    private final RoutingTable table;
    private final RecordStore records;
    private final Requests requests;
    private final DialBackRequests dialBacks;
    private final TableContacts contacts;
    private final PeersHeard heard = new PeersHeard();
    private final Misfits misfits;
    private final PeerClocks clocks = new PeerClocks();
    private final Lookups lookups;
    private final StoreWindow window;
    private final Publisher publisher;
    private final Republisher republisher;
    private final RecordKeeping keeping;
    private final Maintenance maintenance;
    private final DatagramInbox inbox;

    /** @param envelopes seals with the node's identity */
    public DhtNode(
            Identity identity, NetworkId network, Environment environment, Envelopes envelopes, KademliaLimits limits) {
        local = new Local(identity, network, environment, envelopes, limits, new Traffic());
        table = new RoutingTable(identity.nodeId(), limits, local.monotonicMillis());
        records = new RecordStore(identity.nodeId(), limits, environment.random());
        requests = new Requests(local);
        dialBacks = new DialBackRequests(local, requests);
        contacts = new TableContacts(local, table, requests);
        requests.observe(contacts);
        requests.observe(heard);
        misfits = new Misfits(local, requests);
        lookups = new Lookups(local, table, requests);
        window = new StoreWindow(requests, limits, new SeenAs(local));
        publisher = new Publisher(local, lookups, table, new OwnRecords(local, records, window));
        requests.observe(publisher);
        republisher = new Republisher(local, table, records, window);
        keeping = RecordKeeping.start(local, records);
        maintenance = new Maintenance(local, table, requests, contacts, lookups);
        contacts.observe(republisher::newcomer);
        RequestHandler handler = new RequestHandler(local, table, records, contacts, lookups, publisher);
        inbox = new DatagramInbox(local, requests, dialBacks, handler, table, misfits, clocks);
        environment.network().listen(inbox);
        maintenance.start();
    }

    @Override
    public NodeId id() {
        return local.id();
    }

    @Override
    public CompletionStage<Integer> join(List<Endpoint> bootstrap) {
        return maintenance.join(bootstrap);
    }

    @Override
    public CompletionStage<Contact> ping(Endpoint endpoint) {
        CompletableFuture<Contact> result = new CompletableFuture<>();
        requests.greet(endpoint, new Requests.Asker() {
            @Override
            public void answered(Contact from, Message.Response response) {
                result.complete(from);
            }

            @Override
            public void unanswered() {
                result.completeExceptionally(new TimeoutException("nobody answers at " + endpoint));
            }
        });
        return result;
    }

    @Override
    public CompletionStage<LookupReport> findClosest(Key target) {
        CompletableFuture<LookupReport> result = new CompletableFuture<>();
        lookups.findClosest(target, result::complete);
        return result;
    }

    /**
     * Adds contacts as if each had just answered, without notifying listeners, so that a simulation starts with full tables instead of
     * joining every node. Not for contacts that a stranger named.
     */
    public void adopt(List<Contact> alive) {
        alive.forEach(contact -> table.answered(contact, local.monotonicMillis()));
    }

    @Override
    public Search search(RecordType type, Key key, RecordListener listener) {
        RecordSearch search = newSearch(type, key, listener);
        search.start(lookups, records);
        return search;
    }

    @Override
    public Search ask(Contact contact, RecordType type, Key key, RecordListener listener) {
        RecordSearch search = newSearch(type, key, listener);
        search.startAt(contact);
        return search;
    }

    private RecordSearch newSearch(RecordType type, Key key, RecordListener listener) {
        ReadRepair repair = new ReadRepair(local, records, window, RecordPolicy.of(type), key);
        return new RecordSearch(local, table, maintenance, requests, repair, type, key, listener);
    }

    @Override
    public void resumePublishing(List<PublishedRegion> earlier, PublishJournal journal) {
        publisher.resume(earlier, journal);
    }

    @Override
    public CompletionStage<PublishReport> publish(Announcement announcement, Consumer<PublishReport> rootPlaced) {
        return publisher.publish(announcement, rootPlaced);
    }

    @Override
    public void serveAt(List<Endpoint> endpoints) {
        publisher.serveAt(endpoints);
    }

    @Override
    public CompletionStage<Void> withdraw(RecordType type, Key root) {
        return publisher.withdraw(type, root);
    }

    @Override
    public List<Contact> contacts() {
        return table.contacts();
    }

    /** The batches that this node holds for the network, in order of arrival. */
    public List<RecordBatch> heldBatches() {
        return records.batches();
    }

    /** Completes once the records held are on disk or saving has failed; a clean stop waits for it. Never fails. */
    public CompletionStage<Void> recordsSaved() {
        return keeping.saved();
    }

    /** Statistics of the records held, since start. */
    public RecordStatistics recordStatistics() {
        return keeping.statistics();
    }

    /** The addresses from which requests of this node were recently answered, a few hundred at most. */
    public List<InetAddress> heardFrom() {
        return heard.addresses();
    }

    /**
     * Asks a contact whether it reaches this node from a port to which this node has sent nothing. Never fails; ends within ten seconds.
     *
     * @param port at which this node serves, 1 to 65535
     */
    public CompletionStage<DialBack> dialBack(Contact helper, int port) {
        CompletableFuture<DialBack> result = new CompletableFuture<>();
        dialBacks.ask(helper, port, result::complete);
        return result;
    }

    /** Peers heard in the last minutes whose messages this node cannot accept. */
    public List<Misfit> misfits() {
        return misfits.lately(local.monotonicMillis());
    }

    /** Greetings to the local network, as this node sends them; for tests of the way there. */
    public List<Packet> sealGreetings(int count) {
        return Stream.generate(
                        () -> local.seal(local.environment().random().nextLong(), null, null, new Message.Ping(), 0))
                .limit(count)
                .toList();
    }

    /** How far the clocks of up to 64 peers are ahead of this machine's, in milliseconds; negative if they are behind. */
    public List<Long> peerClocksAheadMillis() {
        return clocks.aheadMillis();
    }

    /** This machine's addresses have changed: others are where they were, but must be found from here anew. */
    public void networkChanged() {
        maintenance.networkChanged();
    }

    @Override
    public DhtStatistics statistics() {
        return local.traffic()
                .statistics(
                        table,
                        records.size(),
                        requests.roundTrips().counts(),
                        lookups.networkSize()
                                .map(size -> Math.round(size.nodes()))
                                .orElse(0L));
    }

    @Override
    public void observe(Observer observer) {
        contacts.observe(observer::appeared);
        misfits.observe(observer::heard);
    }

    @Override
    public void close() {
        inbox.close();
        publisher.close();
        republisher.close();
        keeping.close();
        maintenance.close();
        requests.close();
    }
}
