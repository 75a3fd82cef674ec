package io.cairn.dht.node;

import io.cairn.dht.env.Network;
import io.cairn.dht.env.Packet;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.node.Traffic.Drop;
import io.cairn.dht.wire.Datagram;
import io.cairn.dht.wire.Envelopes;
import io.cairn.dht.wire.Header;
import io.cairn.dht.wire.MalformedException;
import io.cairn.dht.wire.Message;
import org.jspecify.annotations.Nullable;

/**
 * Takes packets in: what is cheap to check comes first, the signature (some 63 microseconds) last, and only what passes all is handed
 * on. Nothing that fails is answered; all of it is counted.
 */
final class Inbox implements Network.Receiver {
    private final Local local;
    private final Requests requests;
    private final RequestHandler handler;
    private final AddressRates rates;

    Inbox(Local local, Requests requests, RequestHandler handler) {
        this.local = local;
        this.requests = requests;
        this.handler = handler;
        this.rates = new AddressRates(local.limits());
    }

    @Override
    public void received(Endpoint from, Packet packet) {
        local.traffic().datagramReceived();
        try {
            Envelopes.Arrived arrived = local.envelopes().open(packet);
            long nowMillis = local.monotonicMillis();
            Drop reason = objection(from, arrived.claimedHeader(), nowMillis);
            if (reason == null) {
                reason = dispatch(from, packet, arrived, nowMillis);
            }
            if (reason != null) {
                local.traffic().drop(reason);
            }
        } catch (MalformedException malformed) {
            local.traffic().drop(Drop.MALFORMED);
        }
    }

    private @Nullable Drop objection(Endpoint from, Header claimed, long nowMillis) {
        if (!claimed.network().equals(local.network())) {
            return Drop.OTHER_NETWORK;
        }
        if (claimed.sender().nodeId().equals(local.id())) {
            return Drop.OWN;
        }
        if (claimed.recipient() != null && !claimed.recipient().equals(local.id())) {
            return Drop.OTHER_RECIPIENT;
        }
        long ageMillis = local.wallMillis() - claimed.timeMillis();
        long windowMillis = local.limits().guard().timeStampWindowMillis();
        if (ageMillis > windowMillis || ageMillis < -windowMillis) {
            return Drop.STALE_TIME;
        }
        return requests.isAwaited(from, claimed) || rates.allows(from.address(), nowMillis) ? null : Drop.RATE;
    }

    private @Nullable Drop dispatch(Endpoint from, Packet packet, Envelopes.Arrived arrived, long nowMillis)
            throws MalformedException {
        Datagram datagram = arrived.verify();
        if (datagram == null) {
            return Drop.BAD_SIGNATURE;
        }
        Message message = datagram.message();
        boolean isGreeting = message instanceof Message.Ping;
        if (datagram.header().recipient() == null && !isGreeting) {
            return Drop.OTHER_RECIPIENT;
        }
        if (message instanceof Message.Response response) {
            requests.received(from, datagram, response, nowMillis);
        } else if (message instanceof Message.Request request) {
            handler.handle(from, datagram, request, packet.sizeBytes(), nowMillis);
        }
        return null;
    }
}
