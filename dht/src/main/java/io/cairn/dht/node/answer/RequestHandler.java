package io.cairn.dht.node.answer;

import io.cairn.dht.env.Packet;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.RoutingTable;
import io.cairn.dht.kad.WriteTokens;
import io.cairn.dht.kad.record.RecordStore;
import io.cairn.dht.node.lookup.Lookups;
import io.cairn.dht.node.publish.Publisher;
import io.cairn.dht.node.request.FirstHand;
import io.cairn.dht.node.request.Local;
import io.cairn.dht.node.request.Traffic;
import io.cairn.dht.node.upkeep.TableContacts;
import io.cairn.dht.wire.Datagram;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.RecordBatch;
import io.cairn.dht.wire.RecordPolicy;
import io.cairn.dht.wire.SignedRecord;
import io.cairn.dht.wire.Statement;
import io.cairn.dht.wire.Token;
import io.cairn.dht.wire.WireSizes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers verified requests. Each answer carries a fresh token. A sender that shows none gets at most three times as many bytes as it sent,
 * including the PING that verifies it, so this node cannot be used to flood a forged address.
 */
public final class RequestHandler {
    private final Local local;
    private final RoutingTable table;
    private final RecordStore records;
    private final TableContacts contacts;
    private final Lookups lookups;
    private final Publisher publisher;
    private final WriteTokens tokens;
    private final Knocks knocks;

    public RequestHandler(
            Local local,
            RoutingTable table,
            RecordStore records,
            TableContacts contacts,
            Lookups lookups,
            Publisher publisher) {
        this.local = local;
        this.table = table;
        this.records = records;
        this.contacts = contacts;
        this.lookups = lookups;
        this.publisher = publisher;
        this.tokens = new WriteTokens(local.environment().random(), local.limits());
        this.knocks = new Knocks(local);
    }

    /** Whether the token was recently given to this asker, which proves that it receives at its address. */
    boolean isProven(Contact asker, @Nullable Token shown, long nowMillis) {
        return shown != null && tokens.accepts(shown, asker, nowMillis);
    }

    /**
     * @param isProven see {@link #isProven}
     * @param requestBytes the size of the request
     */
    void handle(
            Endpoint from,
            Datagram datagram,
            Message.Request request,
            boolean isProven,
            int requestBytes,
            long nowMillis) {
        NodeId asker = datagram.header().sender().nodeId();
        Contact stranger = new Contact(asker, from);
        boolean isWorthVerifying = contacts.isWorthVerifying(stranger);
        int budget = Datagram.BYTES_MAX;
        if (!isProven) {
            int verification = isWorthVerifying ? WireSizes.PING_BYTES_MAX : 0;
            int owed = requestBytes * local.limits().guard().amplificationMax();
            budget = Math.min(Datagram.BYTES_MAX, owed - verification);
        }
        Message.Response response = request.matchRequest(new Answering(stranger, isProven, budget));
        Packet packet =
                local.seal(datagram.header().requestId(), asker, tokens.issue(stranger, nowMillis), response, 0);
        if (packet.sizeBytes() > budget) {
            local.traffic().drop(Traffic.Drop.AMPLIFICATION);
            return;
        }
        local.traffic().requestReceived();
        local.traffic().datagramSent();
        local.environment().network().send(from, packet);
        if (isWorthVerifying) {
            contacts.verify(stranger);
        }
    }

    /**
     * A publisher that stores its own batch has signed the surrounding datagram, so its statement needs no second verification. A batch
     * with an invalid inner signature harms only its publisher: no node it is shown or passed to accepts it.
     */
    private Message.Stored store(RecordBatch batch, Contact asker) {
        boolean isItsOwn = batch.statement().publisher().nodeId().equals(asker.id());
        if (isItsOwn
                && !FirstHand.namesSource(batch.statement(), asker.endpoint().address())) {
            return new Message.Stored(0, Message.Refusal.INVALID, asker.endpoint());
        }
        if (!batch.keys().stream().allMatch(key -> isWellFormed(batch.statement(), key))) {
            return new Message.Stored(0, Message.Refusal.INVALID);
        }
        return isItsOwn
                ? records.storeVerified(batch, asker, local.wallMillis())
                : records.store(batch, asker, local.wallMillis());
    }

    private static boolean isWellFormed(Statement statement, Key key) {
        return RecordPolicy.of(statement.type()).accepts(statement) && RecordPolicy.isAbout(statement, key);
    }

    /**
     * Reserves half of the room for contacts, so that a popular key does not end every look-up; records get what contacts leave. One record
     * has its room before them, or a long one would never be shown. A node that publishes under the key itself puts its own record first:
     * askers need not wait until other nodes hold it.
     */
    private Message.Values values(Message.FindValue find, NodeId asker, Endpoint from, int budget) {
        List<SignedRecord> shown = toShow(find);
        int held = Math.max(shown.size(), records.count(find.key(), find.type(), local.wallMillis()));
        int bytesLeft = budget - WireSizes.ANSWER_OVERHEAD_BYTES;
        List<Contact> closest = List.of();
        if (find.after() == null) {
            int first = shown.isEmpty() ? 0 : WireSizes.of(shown.get(0));
            int contacts = shown.isEmpty() ? bytesLeft : Math.min(bytesLeft / 2, bytesLeft - first);
            closest = closest(find.key(), asker, from, contacts);
        }
        for (Contact contact : closest) {
            bytesLeft -= WireSizes.of(contact);
        }
        List<SignedRecord> fitting = new ArrayList<>();
        for (SignedRecord signed : shown) {
            bytesLeft -= WireSizes.of(signed);
            if (bytesLeft < 0) {
                break;
            }
            fitting.add(signed);
        }
        return new Message.Values(fitting, held, closest);
    }

    /** Records to show, this node's own first unless they are asked for in order. */
    private List<SignedRecord> toShow(Message.FindValue find) {
        NodeId after = find.after();
        Optional<SignedRecord> own = publisher
                .ownRecord(find.type(), find.key())
                .filter(record -> after == null || local.id().compareTo(after) > 0);
        List<SignedRecord> held = after == null
                ? records.find(
                        find.key(),
                        find.type(),
                        WireSizes.RECORDS_MAX,
                        local.wallMillis(),
                        local.environment().random())
                : records.findAfter(find.key(), find.type(), after, WireSizes.RECORDS_MAX, local.wallMillis());
        if (own.isEmpty()) {
            return held;
        }
        List<SignedRecord> all = new ArrayList<>(held);
        RecordPolicy policy = RecordPolicy.of(find.type());
        boolean isOutdated = held.stream()
                .filter(other -> isOf(local.id(), other))
                .anyMatch(other -> policy.isLater(other.statement(), own.get().statement()));
        if (isOutdated) {
            return held; // another machine with this identity said something later
        }
        all.removeIf(other -> isOf(local.id(), other));
        all.add(0, own.get());
        if (after != null) {
            all.sort(Comparator.comparing(
                    record -> record.statement().publisher().nodeId()));
        }
        return all.subList(0, Math.min(all.size(), WireSizes.RECORDS_MAX));
    }

    private static boolean isOf(NodeId publisher, SignedRecord record) {
        return record.statement().publisher().nodeId().equals(publisher);
    }

    /**
     * Estimates how many nodes are closer to a key than this one: from the table for near keys, since it holds all neighbours, and from the
     * distance for far ones, of whose surroundings it knows few.
     */
    private int nodesCloser(Key key) {
        double expected = lookups.networkSize()
                .map(size -> size.closerThan(local.id().distanceTo(key)))
                .orElse(0.0);
        return Math.max(table.countCloser(key, table.size()), (int) (expected / 2));
    }

    private List<Contact> closest(Key target, NodeId asker, Endpoint from, int bytes) {
        List<Contact> nearest = table.closestBut(asker, target, local.limits().k());
        List<Contact> fitting = new ArrayList<>(nearest.size());
        int bytesLeft = bytes;
        for (int i = 0; i < nearest.size(); i++) {
            Contact contact = nearest.get(i);
            if (contact.endpoint().isMeaningfulTo(from)) {
                bytesLeft -= WireSizes.of(contact);
                if (bytesLeft < 0) {
                    break;
                }
                fitting.add(contact);
            }
        }
        return fitting;
    }

    /** Builds the answer to one asker. */
    private final class Answering implements Message.RequestCases<Message.Response> {
        private final Contact asker;
        private final boolean isProven;
        private final int budget;

        Answering(Contact asker, boolean isProven, int budget) {
            this.asker = asker;
            this.isProven = isProven;
            this.budget = budget;
        }

        @Override
        public Message.Response ping(Message.Ping ping) {
            return new Message.Pong(asker.endpoint());
        }

        @Override
        public Message.Response findNode(Message.FindNode find) {
            int bytesLeft = budget - WireSizes.ANSWER_OVERHEAD_BYTES;
            return new Message.Nodes(closest(find.target(), asker.id(), asker.endpoint(), bytesLeft));
        }

        @Override
        public Message.Response findValue(Message.FindValue find) {
            return values(find, asker.id(), asker.endpoint(), budget);
        }

        @Override
        public Message.Response store(Message.Store store) {
            return isProven ? RequestHandler.this.store(store.batch(), asker) : lacksToken();
        }

        @Override
        public Message.Response cache(Message.Cache cache) {
            if (!isProven) {
                return lacksToken();
            }
            return cache.records().stream().allMatch(copy -> isWellFormed(copy.statement(), copy.key()))
                    ? records.keepCopies(cache.records(), asker, RequestHandler.this::nodesCloser, local.wallMillis())
                    : new Message.Stored(0, Message.Refusal.INVALID);
        }

        @Override
        public Message.Response dialBack(Message.DialBack dialBack) {
            return knocks.asked(dialBack, asker, isProven);
        }

        private static Message.Stored lacksToken() {
            return new Message.Stored(0, Message.Refusal.TOKEN);
        }
    }
}
