package io.cairn.dht.node.answer;

import io.cairn.dht.env.Network;
import io.cairn.dht.env.Packet;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.kad.RoutingTable;
import io.cairn.dht.kad.SeenRequests;
import io.cairn.dht.node.request.DialBackRequests;
import io.cairn.dht.node.request.Local;
import io.cairn.dht.node.request.Requests;
import io.cairn.dht.node.request.Traffic.Drop;
import io.cairn.dht.node.upkeep.GreetingTurns;
import io.cairn.dht.node.upkeep.Misfits;
import io.cairn.dht.node.upkeep.PeerClocks;
import io.cairn.dht.wire.Datagram;
import io.cairn.dht.wire.Envelopes;
import io.cairn.dht.wire.Header;
import io.cairn.dht.wire.MalformedException;
import io.cairn.dht.wire.Message;
import org.jspecify.annotations.Nullable;

/**
 * Filters incoming packets: cheap checks first, the signature (about 63 microseconds) last. Only packets that pass all checks go further.
 * An answer is checked if it is awaited. A request is checked if it was not heard before, its address may ask, and a
 * {@link SignatureBudget} has room: there is one for senders that have proven their address with a token, one for nodes of the routing
 * table, and one for strangers. A packet that fails is counted and not answered.
 */
public final class DatagramInbox implements Network.Receiver {
    /** Shorter than any datagram of a private network, which is a sealed envelope. */
    private static final int UNREADABLE_BYTES_MIN = 150;

    private final Local local;
    private final Requests requests;
    private final DialBackRequests dialBacks;
    private final RequestHandler handler;
    private final RoutingTable table;
    private final AddressRates rates;
    private final Misfits misfits;
    private final PeerClocks clocks;
    private final SeenRequests seen;
    private final SignatureBudget ofProven;
    private final SignatureBudget ofKnown;
    private final SignatureBudget ofStrangers;
    private final GreetingTurns turns;
    private boolean isClosed;

    public DatagramInbox(
            Local local,
            Requests requests,
            DialBackRequests dialBacks,
            RequestHandler handler,
            RoutingTable table,
            Misfits misfits,
            PeerClocks clocks) {
        this.local = local;
        this.requests = requests;
        this.dialBacks = dialBacks;
        this.handler = handler;
        this.table = table;
        this.misfits = misfits;
        this.clocks = clocks;
        this.rates = new AddressRates(local.limits());
        this.seen = new SeenRequests(local.environment().random(), local.limits());
        this.ofProven = SignatureBudget.ofProven(local.limits());
        this.ofKnown = SignatureBudget.ofUnproven(local.limits());
        this.ofStrangers = SignatureBudget.ofUnproven(local.limits());
        this.turns = new GreetingTurns(local, table);
    }

    @Override
    public void received(Endpoint from, Packet packet) {
        take(from, packet, false);
    }

    @Override
    public void receivedByAll(Endpoint from, Packet packet) {
        take(from, packet, true);
    }

    /** Stops receiving. */
    public void close() {
        isClosed = true;
    }

    private void take(Endpoint from, Packet packet, boolean byAll) {
        if (isClosed) {
            return;
        }
        local.traffic().datagramReceived();
        boolean isEnvelope = false;
        try {
            Envelopes.Arrived arrived = local.envelopes().open(packet);
            isEnvelope = true;
            long nowMillis = local.monotonicMillis();
            Drop reason = objection(arrived.claimedHeader());
            if (reason == null) {
                reason = arrived.claim().isResponse()
                        ? takeResponse(from, arrived, nowMillis)
                        : takeRequest(from, arrived, packet.sizeBytes(), byAll, nowMillis);
            }
            if (reason != null) {
                local.traffic().drop(reason);
                misfits.dropped(from, arrived, reason, nowMillis);
            }
        } catch (MalformedException.OtherVersion other) {
            local.traffic().drop(Drop.MALFORMED);
            misfits.otherVersion(from, other.version(), local.monotonicMillis());
        } catch (MalformedException malformed) {
            local.traffic().drop(Drop.MALFORMED);
            if (!isEnvelope) {
                tellUnreadable(from, packet, local.monotonicMillis());
            }
        }
    }

    /** Looks only at which network it is from. What claims to be from this one is from a stranger, who does not know its key. */
    @Override
    public void unopened(Endpoint from, Packet packet) {
        if (isClosed) {
            return;
        }
        long nowMillis = local.monotonicMillis();
        try {
            Envelopes.Arrived arrived = local.envelopes().open(packet);
            if (!arrived.claimedHeader().network().equals(local.network())) {
                misfits.dropped(from, arrived, Drop.OTHER_NETWORK, nowMillis);
            }
        } catch (MalformedException.OtherVersion other) {
            misfits.otherVersion(from, other.version(), nowMillis);
        } catch (MalformedException sealed) {
            tellUnreadable(from, packet, nowMillis);
        }
    }

    private void tellUnreadable(Endpoint from, Packet packet, long nowMillis) {
        if (packet.sizeBytes() >= UNREADABLE_BYTES_MIN) {
            misfits.unopened(from, nowMillis);
        }
    }

    /** Compares the fields of the header; hashes nothing. */
    private @Nullable Drop objection(Header claimed) {
        if (!claimed.network().equals(local.network())) {
            return Drop.OTHER_NETWORK;
        }
        if (claimed.sender().equals(local.identity().publicKey())) {
            return Drop.OWN;
        }
        if (claimed.recipient() != null && !claimed.recipient().equals(local.id())) {
            return Drop.OTHER_RECIPIENT;
        }
        long ageMillis = local.wallMillis() - claimed.timeMillis();
        long windowMillis = local.limits().guard().timeStampWindowMillis();
        return ageMillis > windowMillis || ageMillis < -windowMillis ? Drop.STALE_TIME : null;
    }

    private @Nullable Drop takeResponse(Endpoint from, Envelopes.Arrived arrived, long nowMillis)
            throws MalformedException {
        Header claimed = arrived.claimedHeader();
        if (claimed.recipient() == null) {
            return Drop.OTHER_RECIPIENT;
        }
        boolean isKnock = dialBacks.isAwaited(claimed);
        if (!isKnock && !requests.isAwaited(from, claimed)) {
            if (!requests.isGreeting(claimed)) {
                return Drop.UNEXPECTED;
            }
            if (!ofStrangers.allows(from.address(), nowMillis)) {
                return Drop.UNPROVEN;
            }
        }
        Datagram datagram = arrived.verify();
        if (datagram == null) {
            return Drop.BAD_SIGNATURE;
        }
        clocks.heard(from.address(), claimed.timeMillis() - local.wallMillis());
        if (isKnock && datagram.message() instanceof Message.Knock) {
            dialBacks.knocked(datagram.header());
        } else if (datagram.message() instanceof Message.Response response) {
            requests.received(from, datagram, response, nowMillis);
        }
        return null;
    }

    private @Nullable Drop takeRequest(
            Endpoint from, Envelopes.Arrived arrived, int bytes, boolean byAll, long nowMillis)
            throws MalformedException {
        Header claimed = arrived.claimedHeader();
        if (seen.isSpent(claimed.sender(), claimed.requestId(), nowMillis)) {
            return Drop.REPLAY;
        }
        if (!rates.allows(from.address(), nowMillis)) {
            return Drop.RATE;
        }
        Contact asker = new Contact(claimed.sender().nodeId(), from);
        boolean isProven = handler.isProven(asker, arrived.claim().token(), nowMillis);
        if (!isProven && !mayAskUnproven(asker, nowMillis)) {
            return Drop.UNPROVEN;
        }
        if (isProven && !ofProven.allows(from.address(), nowMillis)) {
            return Drop.RATE;
        }
        Datagram datagram = arrived.verify();
        if (datagram == null) {
            return Drop.BAD_SIGNATURE;
        }
        seen.heard(claimed.sender(), claimed.requestId(), nowMillis);
        if (claimed.recipient() == null && !(datagram.message() instanceof Message.Ping)) {
            return Drop.OTHER_RECIPIENT;
        }
        if (!(datagram.message() instanceof Message.Request request)) {
            return null;
        }
        if (byAll && claimed.recipient() == null) {
            return greeted(from, datagram, request, bytes);
        }
        handler.handle(from, datagram, request, isProven, bytes, nowMillis);
        return null;
    }

    /** Delays the answer to a greeting that every node hears, or drops the greeting: few nodes answer, one after the other. */
    private @Nullable Drop greeted(Endpoint from, Datagram datagram, Message.Request greeting, int bytes) {
        Contact greeter = new Contact(datagram.header().sender().nodeId(), from);
        long turnMillis = turns.turnMillis(greeter, datagram.header().requestId());
        if (turnMillis == GreetingTurns.NEVER) {
            return Drop.OTHERS_ANSWER;
        }
        local.environment().scheduler().schedule(turnMillis, () -> {
            if (!isClosed) {
                handler.handle(from, datagram, greeting, false, bytes, local.monotonicMillis());
            }
        });
        return null;
    }

    /** Nodes of the table have a budget of their own that strangers cannot use up. It is bounded too, since an id can be borrowed. */
    private boolean mayAskUnproven(Contact asker, long nowMillis) {
        boolean isKnown =
                table.contains(asker) && ofKnown.allows(asker.endpoint().address(), nowMillis);
        return isKnown || ofStrangers.allows(asker.endpoint().address(), nowMillis);
    }
}
