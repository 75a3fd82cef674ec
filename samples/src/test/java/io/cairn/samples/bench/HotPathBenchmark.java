package io.cairn.samples.bench;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Environment;
import io.cairn.dht.env.Network;
import io.cairn.dht.env.Packet;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.node.DhtNode;
import io.cairn.dht.wire.Datagram;
import io.cairn.dht.wire.DatagramCodec;
import io.cairn.dht.wire.Header;
import io.cairn.dht.wire.MalformedException;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.NetworkId;
import io.cairn.sim.kademlia.PlainEnvelopes;
import io.cairn.sim.kademlia.Simulation;
import io.cairn.sim.network.EventQueue;
import io.cairn.sim.network.LinkModel;
import io.cairn.sim.network.SimulatedNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The cost of one datagram: answering FIND_NODE without signatures, and the signed envelope alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HotPathBenchmark {
    private static final int CONTACTS = 1_000;

    private final SplittableRandom random = new SplittableRandom(42);
    private final NetworkId networkId = NetworkId.ofName("benchmark");
    private final Identity identity = Identity.generate(random);
    private final Identity asker = Identity.generate(random);
    private final Contact askerContact = new Contact(asker.nodeId(), Simulation.endpoint(CONTACTS));
    private final Outlet outlet = new Outlet();
    private final Datagram question = question();
    private final Packet plainQuestion = new PlainEnvelopes().sealPadded(question, Datagram.BYTES_MAX);
    private final DatagramCodec askersCodec = new DatagramCodec(asker);
    private final Packet signedQuestion = askersCodec.seal(question);

    public HotPathBenchmark() {
        SimulatedNetwork network = new SimulatedNetwork(new EventQueue(), random.split(), LinkModel.lan());
        Environment simulated = network.attach(Simulation.endpoint(0));
        Environment environment =
                new Environment(new RunningClock(), simulated.scheduler(), outlet, simulated.random());
        DhtNode node = new DhtNode(identity, networkId, environment, new PlainEnvelopes(), KademliaLimits.defaults());
        List<Contact> contacts = new ArrayList<>();
        for (int i = 1; i < CONTACTS; i++) {
            contacts.add(new Contact(NodeId.random(random), Simulation.endpoint(i)));
        }
        contacts.add(0, askerContact);
        node.adopt(contacts);
    }

    /** Receives the query and sends the twenty closest contacts. */
    @Benchmark
    public Packet answerFindNode() {
        return outlet.answerTo(askerContact, plainQuestion);
    }

    @Benchmark
    public Packet sealAndSign() {
        return askersCodec.seal(question);
    }

    @Benchmark
    public @Nullable Datagram openAndVerify() throws MalformedException {
        return askersCodec.open(signedQuestion).verify();
    }

    private Datagram question() {
        Header header = new Header(networkId, 1, asker.publicKey(), identity.nodeId(), SimulatedNetwork.EPOCH_MILLIS);
        return new Datagram(header, null, new Message.FindNode(Key.random(random)));
    }

    /** Takes the node's packets and delivers packets to it. */
    private static final class Outlet implements Network {
        private @Nullable Receiver receiver;
        private @Nullable Packet sent;

        Packet answerTo(Contact from, Packet packet) {
            sent = null;
            if (receiver != null) {
                receiver.received(from.endpoint(), packet);
            }
            Packet answer = sent;
            if (answer == null) {
                throw new IllegalStateException("the node did not answer");
            }
            return answer;
        }

        @Override
        public void send(Endpoint to, Packet packet) {
            sent = packet;
        }

        @Override
        public void sendFromAnotherPort(Endpoint to, Packet packet) {
            throw new IllegalStateException("nothing is dialled back here");
        }

        @Override
        public void sendToLocalNetwork(Packet packet) {
            sent = packet;
        }

        @Override
        public void listen(Receiver other) {
            receiver = other;
        }
    }

    /** Advances one second per thousand readings, so that no rate limit applies; wall time stands still, so that no timestamp is stale. */
    private static final class RunningClock implements Clock {
        private long millis;

        @Override
        public long wallMillis() {
            return SimulatedNetwork.EPOCH_MILLIS;
        }

        @Override
        public long monotonicMillis() {
            return ++millis;
        }
    }
}
