package io.cairn.sim.kademlia;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.env.Environment;
import io.cairn.dht.env.Packet;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.Datagram;
import io.cairn.dht.wire.Header;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.NetworkId;
import io.cairn.dht.wire.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A host that sends what a test wants and records everything it hears. It answers only as a test has set. */
final class Stranger {
    private final Identity identity;
    private final Endpoint endpoint;
    private final Environment environment;
    private final NetworkId network;
    private final PlainEnvelopes envelopes = new PlainEnvelopes();
    private final List<Datagram> heard = new ArrayList<>();
    private final List<Integer> heardBytes = new ArrayList<>();
    private Function<Message.Request, Message.@Nullable Response> answers = request -> null;

    Stranger(Simulation simulation, int number) {
        this(simulation, number, Simulation.endpoint(50_000 + number));
    }

    Stranger(Simulation simulation, int number, Endpoint endpoint) {
        this.identity = Identity.generate(new SplittableRandom(number));
        this.endpoint = endpoint;
        this.environment = simulation.network().attach(endpoint);
        this.network = simulation.networkId();
        environment.network().listen(this::received);
    }

    Contact contact() {
        return new Contact(identity.nodeId(), endpoint);
    }

    Identity identity() {
        return identity;
    }

    /** Sets how it answers requests from now on; null for silence. */
    void answer(Function<Message.Request, Message.@Nullable Response> how) {
        answers = how;
    }

    Header header(@Nullable NodeId recipient, long requestId) {
        return new Header(
                network,
                requestId,
                identity.publicKey(),
                recipient,
                environment.clock().wallMillis());
    }

    void say(Endpoint to, Header header, @Nullable Token token, Message message) {
        send(to, envelopes.seal(new Datagram(header, token, message)));
    }

    void sayPadded(Endpoint to, Header header, Message message, int bytes) {
        send(to, envelopes.sealPadded(new Datagram(header, null, message), bytes));
    }

    /** The responses among the datagrams heard. */
    List<Datagram> responses() {
        return heard.stream()
                .filter(datagram -> datagram.message() instanceof Message.Response)
                .toList();
    }

    List<Message.Request> requests() {
        List<Message.Request> requests = new ArrayList<>();
        for (Datagram datagram : heard) {
            if (datagram.message() instanceof Message.Request request) {
                requests.add(request);
            }
        }
        return requests;
    }

    int bytesHeard() {
        return heardBytes.stream().mapToInt(Integer::intValue).sum();
    }

    private void send(Endpoint to, Packet packet) {
        environment.network().send(to, packet);
    }

    private void received(Endpoint from, Packet packet) {
        Datagram datagram = ((PlainEnvelopes.PlainPacket) packet).datagram();
        heard.add(datagram);
        heardBytes.add(packet.sizeBytes());
        if (datagram.message() instanceof Message.Request request) {
            Message.Response response = answers.apply(request);
            if (response != null) {
                NodeId asker = datagram.header().sender().nodeId();
                say(from, header(asker, datagram.header().requestId()), null, response);
            }
        }
    }
}
