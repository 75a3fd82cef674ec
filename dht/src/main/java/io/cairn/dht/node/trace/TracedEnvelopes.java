package io.cairn.dht.node.trace;

import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Packet;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.trace.ForeignTraces;
import io.cairn.dht.trace.Span;
import io.cairn.dht.trace.TraceContext;
import io.cairn.dht.trace.TracedKeys;
import io.cairn.dht.trace.Tracer;
import io.cairn.dht.wire.Datagram;
import io.cairn.dht.wire.Envelopes;
import io.cairn.dht.wire.Header;
import io.cairn.dht.wire.MalformedException;
import io.cairn.dht.wire.Message;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Envelopes that put the trace of a look-up into its FIND_VALUE requests, and open a span for each: here for those that this node asks, and
 * at the one asked for those that it answers. Other requests carry no trace.
 */
public final class TracedEnvelopes implements Envelopes {
    /** Most spans of requests at once on either side; the oldest ends as if it got no answer. */
    private static final int OPEN_MAX = 1_024;

    private static final String SERVICE = "cairn.Dht";
    private static final String METHOD = "FindValue";
    private static final String NAME = SERVICE + "/" + METHOD;
    private static final String NO_ANSWER = "no answer";

    private final Envelopes envelopes;
    private final Tracer tracer;
    private final ForeignTraces foreign;
    private final Clock clock;
    private final TracedKeys lookups = new TracedKeys();
    private final Map<Exchange, Open> asked = new LinkedHashMap<>();
    private final Map<Exchange, Open> answered = new LinkedHashMap<>();

    public TracedEnvelopes(Envelopes envelopes, Tracer tracer, ForeignTraces foreign, Clock clock) {
        this.envelopes = envelopes;
        this.tracer = tracer;
        this.foreign = foreign;
        this.clock = clock;
    }

    private record Exchange(NodeId peer, long requestId) {}

    private record Open(Key key, Span span) {}

    /** The keys that are looked up as part of a trace. */
    TracedKeys lookups() {
        return lookups;
    }

    /** A traced look-up is over: what it asked and was not answered counts as unanswered. */
    void lookupEnded(Key key) {
        lookups.end(key);
        asked.values().removeIf(request -> {
            boolean isOfIt = request.key.equals(key);
            if (isOfIt) {
                request.span.fail(NO_ANSWER);
            }
            return isOfIt;
        });
    }

    @Override
    public Packet seal(Datagram datagram) {
        return envelopes.seal(traced(datagram));
    }

    @Override
    public Packet sealPadded(Datagram datagram, int bytesMin) {
        return envelopes.sealPadded(traced(datagram), bytesMin);
    }

    @Override
    public Arrived open(Packet packet) throws MalformedException {
        return new Opened(envelopes.open(packet));
    }

    private Datagram traced(Datagram datagram) {
        Header header = datagram.header();
        NodeId recipient = header.recipient();
        if (recipient == null) {
            return datagram;
        }
        Exchange exchange = new Exchange(recipient, header.requestId());
        if (datagram.message() instanceof Message.Response response) {
            end(answered.remove(exchange), response);
        } else if (datagram.message() instanceof Message.FindValue find) {
            Span lookup = lookups.of(find.key());
            if (lookup != null) {
                Span span = describe(lookup.child(NAME, Span.Kind.CLIENT), recipient);
                put(asked, exchange, new Open(find.key(), span));
                return new Datagram(header.tracedBy(span.context()), datagram.token(), find);
            }
        }
        return datagram;
    }

    private void arrived(Datagram datagram) {
        Header header = datagram.header();
        NodeId sender = header.sender().nodeId();
        Exchange exchange = new Exchange(sender, header.requestId());
        TraceContext trace = header.trace();
        if (datagram.message() instanceof Message.Response response) {
            end(asked.remove(exchange), response);
        } else if (trace != null
                && datagram.message() instanceof Message.FindValue find
                && !answered.containsKey(exchange)
                && foreign.follows(sender, trace, clock.monotonicMillis())) {
            Span span = describe(tracer.child(trace, NAME, Span.Kind.SERVER), sender)
                    .with("cairn.key", find.key().toHex());
            put(answered, exchange, new Open(find.key(), span));
        }
    }

    private static Span describe(Span span, NodeId peer) {
        return span.with("rpc.system", "cairn")
                .with("rpc.service", SERVICE)
                .with("rpc.method", METHOD)
                .with("network.transport", "udp")
                .with("cairn.peer.id", peer.toHex());
    }

    private static void end(@Nullable Open request, Message.Response response) {
        if (request != null) {
            if (response instanceof Message.Values values) {
                request.span.with("cairn.records", values.records().size());
            }
            request.span.with("cairn.contacts", response.closest().size()).end();
        }
    }

    private static void put(Map<Exchange, Open> open, Exchange exchange, Open request) {
        if (open.size() >= OPEN_MAX) {
            Iterator<Open> oldest = open.values().iterator();
            oldest.next().span.fail(NO_ANSWER);
            oldest.remove();
        }
        open.put(exchange, request);
    }

    private final class Opened implements Arrived {
        private final Arrived packet;

        Opened(Arrived packet) {
            this.packet = packet;
        }

        @Override
        public Header claimedHeader() {
            return packet.claimedHeader();
        }

        @Override
        public Claim claim() throws MalformedException {
            return packet.claim();
        }

        @Override
        public @Nullable Datagram verify() throws MalformedException {
            Datagram datagram = packet.verify();
            if (datagram != null) {
                arrived(datagram);
            }
            return datagram;
        }
    }
}
