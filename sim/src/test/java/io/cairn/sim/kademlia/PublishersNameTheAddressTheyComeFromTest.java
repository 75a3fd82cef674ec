package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.Provision;
import io.cairn.dht.PublishReport;
import io.cairn.dht.crypto.Identity;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.wire.MalformedException;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.ProviderAddresses;
import io.cairn.dht.wire.RecordBatch;
import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.Statement;
import io.cairn.sim.network.LinkModel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A publisher whose record does not name the address it sends from is refused, and learns that address; an honest one names it from then
 * on.
 */
class PublishersNameTheAddressTheyComeFromTest {
    private final Simulation simulation = new Simulation(62, LinkModel.lan());
    private final Key key = simulation.randomKey();

    @ParameterizedTest
    @CsvSource({
        "203.0.113.9:4747, 203.0.113.9:4747, true",
        "203.0.113.9:4747, 192.0.2.77:443, false",
        "203.0.113.9:4747, 192.0.2.77:443 203.0.113.9:4747, true",
        "203.0.113.9:4747, 203.0.113.9:9999 192.0.2.77:443, true",
        "203.0.113.9:4747, 192.168.1.5:4747, false",
        "203.0.113.9:4747, 192.168.1.5:4747 [2001:db8::5]:4747, false",
        "192.168.1.5:4747, 192.0.2.77:443, false",
        "192.168.1.5:4747, 192.168.1.6:4747, false",
        "192.168.1.5:4747, 192.168.1.5:22, true",
        "169.254.1.5:4747, 169.254.1.6:4747, false",
        "[fe80::5]:4747, [fe80::5]:4747 [fd00::5]:4747, true",
        "[fd00::5]:4747, [fd00::6]:4747, false",
        "127.0.0.1:4747, 10.0.0.1:4747, false",
        "127.0.0.1:4747, 127.0.0.1:4748, true"
    })
    void aStrangersRecordIsTakenIfItNamesWhereItComesFrom(String from, String named, boolean isTaken) {
        SimulatedNode holder = holder("198.51.100.1:4747");
        Stranger stranger = new Stranger(simulation, 3, Endpoint.parse(from));
        stranger.say(holder.endpoint(), stranger.header(null, 1), null, new Message.Ping());
        simulation.run(100);
        Statement statement = new Statement(
                RecordType.PROVIDER,
                stranger.identity().publicKey(),
                ProviderAddresses.encode(endpoints(named)),
                1,
                holder.environment().clock().wallMillis() + 3_600_000);
        stranger.say(
                holder.endpoint(),
                stranger.header(holder.id(), 2),
                stranger.responses().get(0).token(),
                new Message.Store(RecordBatch.sign(stranger.identity(), statement, List.of(key))));
        simulation.run(100);
        assertThat(stranger.responses().get(1).message())
                .isEqualTo(
                        isTaken
                                ? new Message.Stored(1, Message.Refusal.NONE)
                                : new Message.Stored(0, Message.Refusal.INVALID, Endpoint.parse(from)));
    }

    /** Behind a NAT, on a network whose address was cut from the list, on a link, and on one machine: no publisher loses its place. */
    @ParameterizedTest
    @CsvSource({
        "203.0.113.9:61234, 192.168.1.5:4747, 198.51.100.1:4747, 203.0.113.9:4747 192.168.1.5:4747",
        "10.9.0.5:4747, 192.168.1.5:4747 [fd00::5]:4747, 10.9.0.1:4747, 10.9.0.5:4747 192.168.1.5:4747 [fd00::5]:4747",
        "169.254.1.5:4747, 192.168.1.5:4747, 169.254.1.1:4747, 169.254.1.5:4747 192.168.1.5:4747",
        "127.0.0.1:4747, 192.168.1.5:4747, 127.0.0.1:4750, 127.0.0.1:4747 192.168.1.5:4747",
        "192.168.1.5:4747, 10.9.0.5:4747 192.168.1.5:4747, 192.168.1.1:4747, 10.9.0.5:4747 192.168.1.5:4747"
    })
    void anHonestPublisherNamesTheAddressByWhichItIsSeen(String from, String named, String at, String told) {
        SimulatedNode holder = holder(at);
        SimulatedNode publisher = publisher(from);
        simulation.await(publisher.dht().join(List.of(holder.endpoint())));
        PublishReport report = provide(publisher, List.of(), endpoints(named));
        assertThat(report.rootStoredOn()).isEqualTo(2);
        assertThat(valuesAt(holder)).containsExactly(endpoints(told));
    }

    /**
     * A distant holder that names a nearby machine, and one that names another public machine: the lie affects only the record on the liar.
     */
    @Test
    void aHolderThatLiesSpoilsOnlyWhatItIsGiven() {
        SimulatedNode honest = holder("192.168.1.1:4747");
        Stranger liar = new Stranger(simulation, 4, Endpoint.parse("198.51.100.1:4747"));
        List<List<Endpoint>> given = new ArrayList<>();
        List<Endpoint> lies = new ArrayList<>(endpoints("10.0.0.1:22 192.0.2.77:443"));
        liar.answer(request -> {
            if (request instanceof Message.Ping) {
                return new Message.Pong(Endpoint.parse("192.168.1.5:4747"));
            } else if (request instanceof Message.FindNode) {
                return new Message.Nodes(List.of());
            } else if (request instanceof Message.Store store) {
                given.add(decoded(store.batch().statement()));
                return lies.isEmpty() || given.get(given.size() - 1).isEmpty()
                        ? new Message.Stored(1, Message.Refusal.NONE)
                        : new Message.Stored(0, Message.Refusal.INVALID, lies.remove(0));
            }
            return null;
        });
        SimulatedNode publisher = publisher("192.168.1.5:4747");
        simulation.await(
                publisher.dht().join(List.of(honest.endpoint(), liar.contact().endpoint())));
        provide(publisher, List.of(), endpoints("192.168.1.5:4747"));
        assertThat(given).containsExactly(endpoints("192.168.1.5:4747"));
        publisher.dht().withdraw(key);
        provide(publisher, List.of(), endpoints("192.168.1.5:4747"));
        assertThat(given.subList(1, given.size()))
                .contains(endpoints("192.0.2.77:4747 192.168.1.5:4747"))
                .doesNotContain(endpoints("10.0.0.1:4747 192.168.1.5:4747"));
        assertThat(valuesAt(honest)).containsOnly(endpoints("192.168.1.5:4747"));
    }

    /** Eight addresses without the one that the system uses: that one is put first, and all keys still fit. */
    @ParameterizedTest
    @ValueSource(strings = {"10.9.0.%d:4747", "[fd00::%d]:4747"})
    void aHostWithMoreNetworksThanAddressesInARecordIsHeldWithAllItsKeys(String pattern) {
        SimulatedNode holder = holder("192.168.1.1:4747");
        SimulatedNode publisher = publisher("192.168.1.5:4747");
        simulation.await(publisher.dht().join(List.of(holder.endpoint())));
        List<Endpoint> eight = IntStream.rangeClosed(1, ProviderAddresses.ENDPOINTS_MAX)
                .mapToObj(number -> Endpoint.parse(pattern.replace("%d", "" + number)))
                .toList();
        List<Key> chunks = Stream.generate(simulation::randomKey).limit(100).toList();
        PublishReport report = provide(publisher, chunks, eight);
        assertThat(report.rootStoredOn()).isEqualTo(2);
        List<Endpoint> told = new ArrayList<>(endpoints("192.168.1.5:4747"));
        told.addAll(eight.subList(0, ProviderAddresses.ENDPOINTS_MAX - 1));
        assertThat(valuesAt(holder)).containsExactly(told);
        assertThat(holder.dht().heldBatches().stream()
                        .flatMap(batch -> batch.keys().stream())
                        .toList())
                .containsAll(chunks);
    }

    private SimulatedNode holder(String at) {
        return simulation.addNode(Identity.generate(new SplittableRandom(at.hashCode())), Endpoint.parse(at));
    }

    private SimulatedNode publisher(String at) {
        return simulation.addNode(Identity.generate(new SplittableRandom(2)), Endpoint.parse(at));
    }

    private PublishReport provide(SimulatedNode publisher, List<Key> chunks, List<Endpoint> endpoints) {
        return simulation.await(publisher.dht().provide(new Provision(key, chunks, endpoints, 0)));
    }

    /** The addresses in a node's held records of the key. */
    private List<List<Endpoint>> valuesAt(SimulatedNode node) {
        return node.dht().heldBatches().stream()
                .filter(batch -> batch.keys().contains(key))
                .map(batch -> decoded(batch.statement()))
                .toList();
    }

    private static List<Endpoint> decoded(Statement statement) {
        try {
            return ProviderAddresses.decode(statement.value());
        } catch (MalformedException malformed) {
            throw new AssertionError(malformed);
        }
    }

    private static List<Endpoint> endpoints(String texts) {
        return Stream.of(texts.split(" ", -1)).map(Endpoint::parse).toList();
    }
}
