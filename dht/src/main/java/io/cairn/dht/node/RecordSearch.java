package io.cairn.dht.node;

import io.cairn.dht.Dht;
import io.cairn.dht.FoundRecord;
import io.cairn.dht.SearchReport;
import io.cairn.dht.id.AddressScope;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.RoutingTable;
import io.cairn.dht.kad.record.RecordStore;
import io.cairn.dht.node.lookup.LookupRun;
import io.cairn.dht.node.lookup.Lookups;
import io.cairn.dht.node.lookup.PathCache;
import io.cairn.dht.node.request.Local;
import io.cairn.dht.node.request.Requests;
import io.cairn.dht.node.request.Traffic;
import io.cairn.dht.node.upkeep.Maintenance;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.RecordPolicy;
import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.SignedRecord;
import io.cairn.dht.wire.Statement;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Searches for the records of one type under a key and reports each one once it is verified, beginning with those this node holds. What
 * follows the look-up depends on how the type is read: all records are paged from the holders, the latest is stored where it is missing.
 */
final class RecordSearch implements Dht.Search, LookupRun.Listener {
    /** Most publishers reported: no caller uses more, and strangers must not fill this node's memory. */
    private static final int PUBLISHERS_MAX = 1_024;

    private final Local local;
    private final RoutingTable table;
    private final Maintenance maintenance;
    private final Requests requests;
    private final ReadRepair repair;
    private final PathCache path;
    private final RecordType type;
    private final RecordPolicy policy;
    private final Key key;
    private final Dht.RecordListener listener;
    private final long startMillis;
    private final Map<NodeId, Told> told = new LinkedHashMap<>();
    private final Map<Contact, SearchReport.Asked> asked = new LinkedHashMap<>();
    private @Nullable LookupRun run;
    private long endMillis = -1;
    private boolean isCancelled;
    private boolean isOfOneNode;

    RecordSearch(
            Local local,
            RoutingTable table,
            Maintenance maintenance,
            Requests requests,
            ReadRepair repair,
            RecordType type,
            Key key,
            Dht.RecordListener listener) {
        this.local = local;
        this.table = table;
        this.maintenance = maintenance;
        this.requests = requests;
        this.repair = repair;
        this.path = new PathCache(requests, local.limits().alpha(), key);
        this.type = type;
        this.policy = RecordPolicy.of(type);
        this.key = key;
        this.listener = listener;
        this.startMillis = local.monotonicMillis();
    }

    /** Looks for the nodes closest to the key and asks them. */
    void start(Lookups lookups, RecordStore records) {
        local.environment()
                .scheduler()
                .execute(() -> records.find(
                                key,
                                type,
                                PUBLISHERS_MAX,
                                local.wallMillis(),
                                local.environment().random())
                        .forEach(found -> records.originOf(found).ifPresent(origin -> tell(found, null, origin))));
        run = lookups.findValues(key, type, this);
    }

    /** Asks one node only. */
    void startAt(Contact contact) {
        isOfOneNode = true;
        local.environment().scheduler().execute(() -> {
            asked(contact);
            requests.ask(contact, new Message.FindValue(key, type), new Requests.Asker() {
                @Override
                public void answered(Contact from, Message.Response response) {
                    RecordSearch.this.answered(contact, response);
                    finished();
                }

                @Override
                public void unanswered() {
                    RecordSearch.this.unanswered(contact);
                    finished();
                }
            });
        });
    }

    @Override
    public void cancel() {
        isCancelled = true;
        if (run != null) {
            run.cancel();
        }
    }

    @Override
    public SearchReport report() {
        List<SearchReport.Asked> closestFirst = asked.values().stream()
                .sorted(Comparator.comparing(a -> a.contact().id().distanceTo(key)))
                .toList();
        long untilMillis = endMillis < 0 ? local.monotonicMillis() : endMillis;
        return new SearchReport(key, closestFirst, told.size(), untilMillis - startMillis);
    }

    @Override
    public void asked(Contact contact) {
        long askedMillis = local.monotonicMillis() - startMillis;
        asked.put(contact, new SearchReport.Asked(contact, SearchReport.Outcome.WAITING, 0, 0, askedMillis, -1));
    }

    @Override
    public void answered(Contact contact, Message.Response response) {
        if (response instanceof Message.Values values) {
            int publishers = 0;
            for (SignedRecord found : values.records()) {
                publishers += tell(found, contact, contact.endpoint().address()) ? 1 : 0;
                repair.shown(contact, found);
            }
            if (values.recordsHeld() == 0) {
                path.answeredWithout(contact);
            }
            int named = (int) values.closest().stream()
                    .filter(other -> key.compareDistance(other.id(), contact.id()) < 0)
                    .count();
            note(contact, SearchReport.Outcome.ANSWERED, publishers, values.recordsHeld(), named);
        }
    }

    @Override
    public void unanswered(Contact contact) {
        note(contact, SearchReport.Outcome.SILENT, 0, 0, 0);
    }

    @Override
    public void ended(List<Contact> closest) {
        switch (policy.reading()) {
            case ANY_OF_MANY -> {
                path.ended();
                finished();
            }
            case LATEST -> {
                repair.ended(closest);
                finished();
            }
            case ALL -> readPages(closest);
        }
    }

    /** Begins with the holders that claim the usual number: those that claim many more, or few, may lie. */
    private void readPages(List<Contact> closest) {
        int[] claims = closest.stream().mapToInt(this::heldBy).sorted().toArray();
        int usual = claims.length == 0 ? 0 : claims[claims.length / 2];
        List<Contact> holders = closest.stream()
                .filter(this::isLacking)
                .sorted(Comparator.comparingInt(holder -> Math.abs(heldBy(holder) - usual)))
                .limit(RecordPages.HOLDERS_MAX)
                .toList();
        new RecordPages(requests, new Message.FindValue(key, type), holders, new RecordPages.Reader() {
                    @Override
                    public boolean isLacking(Contact holder) {
                        return RecordSearch.this.isLacking(holder);
                    }

                    @Override
                    public void page(Contact holder, List<SignedRecord> records) {
                        records.forEach(
                                found -> tell(found, holder, holder.endpoint().address()));
                    }

                    @Override
                    public void ended() {
                        finished();
                    }
                })
                .proceed();
    }

    private boolean isLacking(Contact holder) {
        return !isCancelled && heldBy(holder) > told.size();
    }

    private int heldBy(Contact holder) {
        SearchReport.Asked answer = asked.get(holder);
        return answer == null ? 0 : answer.held();
    }

    private void finished() {
        endMillis = local.monotonicMillis();
        if (!isCancelled) {
            if (told.isEmpty() && !isOfOneNode) {
                maintenance.searchedInVain();
            }
            listener.ended(report());
        }
    }

    /**
     * Verifies a record and reports it unless it was reported before. A publisher is reported again for a later statement, or when its
     * record is heard from a nearer address, because more of its endpoints may be believed then.
     *
     * @param source the node that gave it; null if this node held it
     * @param origin the address it was given from
     * @return false if the record is invalid; one that brings nothing new is not verified again and counts as valid
     */
    private boolean tell(SignedRecord found, @Nullable Contact source, InetAddress origin) {
        Statement statement = found.statement();
        NodeId publisher = statement.publisher().nodeId();
        if (!isCurrent(found)) {
            return false;
        }
        AddressScope scope = AddressScope.of(origin);
        Told before = told.get(publisher);
        if (before != null && !isNews(statement, scope, before)) {
            return true;
        }
        if (!found.isSignedByPublisher()) {
            return false;
        }
        if (!policy.accepts(statement) || !RecordPolicy.isAbout(statement, key)) {
            local.traffic().drop(Traffic.Drop.MALFORMED);
            return false;
        }
        boolean isRoom = before != null || told.size() < PUBLISHERS_MAX;
        if (!isCancelled && isRoom && listener.wants(statement)) {
            told.put(publisher, new Told(statement, scope));
            path.found(found);
            repair.found(found);
            listener.found(new FoundRecord(found, heardAt(publisher, source), source, origin));
        }
        return true;
    }

    private boolean isNews(Statement statement, AddressScope scope, Told before) {
        boolean isNearer = statement.sequence() == before.statement.sequence() && scope.compareTo(before.scope) < 0;
        return policy.isLater(statement, before.statement) || isNearer && !policy.isLater(before.statement, statement);
    }

    private List<Endpoint> heardAt(NodeId publisher, @Nullable Contact source) {
        Set<Endpoint> heardAt = new LinkedHashSet<>();
        if (source != null && source.id().equals(publisher)) {
            heardAt.add(source.endpoint());
        }
        table.find(publisher).ifPresent(contact -> heardAt.add(contact.endpoint()));
        return List.copyOf(heardAt);
    }

    private boolean isCurrent(SignedRecord found) {
        Statement statement = found.statement();
        long wallMillis = local.wallMillis();
        long latestMillis = wallMillis
                + local.limits().records().lifetimeMillis()
                + local.limits().guard().timeStampWindowMillis();
        return found.key().equals(key)
                && statement.type() == type
                && !statement.isWithdrawal()
                && statement.expiryMillis() > wallMillis
                && statement.expiryMillis() <= latestMillis;
    }

    private void note(Contact contact, SearchReport.Outcome outcome, int publishers, int held, int closer) {
        SearchReport.Asked before = asked.get(contact);
        if (before != null) {
            long sinceMillis = local.monotonicMillis() - startMillis - before.askedMillis();
            long tookMillis = outcome == SearchReport.Outcome.ANSWERED ? sinceMillis : -1;
            asked.put(
                    contact,
                    new SearchReport.Asked(
                            contact, outcome, publishers, held, closer, before.askedMillis(), tookMillis));
        }
    }

    /** The last statement reported of a publisher, and the scope of the address that gave it. */
    private record Told(Statement statement, AddressScope scope) {}
}
