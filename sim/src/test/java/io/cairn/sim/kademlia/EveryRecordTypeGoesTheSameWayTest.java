package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.Announcement;
import io.cairn.dht.Dht;
import io.cairn.dht.FoundRecord;
import io.cairn.dht.PublishReport;
import io.cairn.dht.SearchReport;
import io.cairn.dht.crypto.Identity;
import io.cairn.dht.id.Key;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.NamedValue;
import io.cairn.dht.wire.RecordBatch;
import io.cairn.dht.wire.RecordPolicy;
import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.Service;
import io.cairn.dht.wire.ServiceList;
import io.cairn.dht.wire.SignedRecord;
import io.cairn.dht.wire.Statement;
import io.cairn.dht.wire.Token;
import io.cairn.sim.network.LinkModel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Walks the record types: each is published, found, passed on and withdrawn once nodes keep it, and refused by those that do not. */
class EveryRecordTypeGoesTheSameWayTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final Key NAME = NamedValue.digestOf("notes");
    private static final KademliaLimits LIMITS = KademliaLimits.defaults().withWidths(8, 3);

    @ParameterizedTest
    @EnumSource(
            value = RecordType.class,
            names = {"PROVIDER", "SERVICE"})
    void whatIsPublishedIsFoundUntilItIsWithdrawn(RecordType type) {
        Simulation simulation = keeping(type, 41);
        SimulatedNode publisher = simulation.node(4);
        List<Key> keys = List.of(simulation.randomKey(), simulation.randomKey(), simulation.randomKey());
        PublishReport report = publish(simulation, publisher, type, keys, 3 * HOUR);

        assertThat(report.keysStored()).isEqualTo(3);
        for (Key key : keys) {
            assertThat(find(simulation, simulation.node(20), type, key))
                    .singleElement()
                    .matches(record -> record.statement().publisher().nodeId().equals(publisher.id()))
                    .matches(SignedRecord::isSignedByPublisher);
        }
        publisher.dht().withdraw(type, keys.get(0));
        simulation.run(MINUTE);
        for (Key key : keys) {
            assertThat(find(simulation, simulation.node(21), type, key)).isEmpty();
        }
    }

    /** Only a statement with its name is about the key of a value, and an empty one has no name. */
    @Test
    void aValueStaysUntilItExpires() {
        Simulation simulation = keeping(RecordType.VALUE, 45);
        SimulatedNode publisher = simulation.node(4);
        Key key = keyOf(RecordType.VALUE, publisher, simulation);
        publish(simulation, publisher, RecordType.VALUE, List.of(key), 3 * HOUR);

        publisher.dht().withdraw(RecordType.VALUE, key);
        simulation.run(MINUTE);
        assertThat(find(simulation, simulation.node(21), RecordType.VALUE, key)).hasSize(1);
        simulation.run(3 * HOUR);
        assertThat(find(simulation, simulation.node(21), RecordType.VALUE, key)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(RecordType.class)
    void holdersPassItOnWhenItsPublisherIsGoneUntilItExpires(RecordType type) {
        Simulation simulation = keeping(type, 42);
        SimulatedNode publisher = simulation.node(4);
        Key key = keyOf(type, publisher, simulation);
        publish(simulation, publisher, type, List.of(key), 4 * HOUR);
        simulation.kill(publisher);
        List<SimulatedNode> first = holders(simulation, key);
        first.subList(0, first.size() - 1).forEach(simulation::kill);
        simulation.run(HOUR + HOUR / 2);
        simulation.kill(first.get(first.size() - 1));

        assertThat(holders(simulation, key)).hasSizeGreaterThanOrEqualTo(LIMITS.k() - 1);
        assertThat(find(simulation, simulation.anyLiving(), type, key)).hasSize(1);
        simulation.run(LIMITS.records().lifetimeMillis());
        assertThat(find(simulation, simulation.anyLiving(), type, key)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(RecordType.class)
    void itsPublisherRenewsItWhileItLives(RecordType type) {
        Simulation simulation = keeping(type, 43);
        SimulatedNode publisher = simulation.node(4);
        Key key = keyOf(type, publisher, simulation);
        publish(simulation, publisher, type, List.of(key), 10 * MINUTE);
        simulation.run(49 * HOUR);

        SimulatedNode seeker = simulation.node(20);
        assertThat(find(simulation, seeker, type, key)).hasSize(1);
        simulation.kill(publisher);
        simulation.run(isByRegion(type) ? 48 * HOUR : 11 * MINUTE);
        assertThat(find(simulation, seeker, type, key)).isEmpty();
    }

    @Test
    void whoDoesNotReadATypeSaysSo() {
        refuses(RecordType.SERVICE, Message.Refusal.TYPE);
    }

    @Test
    void aProviderWithoutEndpointsIsRefusedWhoeverSendsIt() {
        refuses(RecordType.PROVIDER, Message.Refusal.INVALID);
    }

    /** What a stranger passes on of another publisher. */
    private static void refuses(RecordType type, Message.Refusal why) {
        Simulation simulation = keeping(RecordType.PROVIDER, 44, 2);
        SimulatedNode node = simulation.node(0);
        Identity publisher = simulation.node(1).identity();
        Stranger stranger = new Stranger(simulation, 101);
        long wallMillis = node.environment().clock().wallMillis();
        Statement statement =
                new Statement(type, publisher.publicKey(), unreadable(type), wallMillis, wallMillis + HOUR);
        RecordBatch batch = RecordBatch.sign(publisher, statement, List.of(simulation.randomKey()));
        stranger.say(node.endpoint(), stranger.header(node.id(), 1), null, new Message.Ping());
        simulation.run(100);
        Token token = Objects.requireNonNull(stranger.responses().get(0).token());
        stranger.say(node.endpoint(), stranger.header(node.id(), 2), token, new Message.Store(batch));
        stranger.say(node.endpoint(), stranger.header(node.id(), 3), token, new Message.Cache(batch.records()));
        simulation.run(100);

        Message.Stored refused = new Message.Stored(0, why);
        assertThat(stranger.responses().subList(1, 3))
                .extracting(datagram -> (Object) datagram.message())
                .containsExactly(refused, refused);
        assertThat(node.dht().recordStatistics().held()).isZero();
    }

    private static Simulation keeping(RecordType type, long seed) {
        return keeping(type, seed, 40);
    }

    private static Simulation keeping(RecordType type, long seed, int nodes) {
        Simulation simulation = new Simulation(
                seed, LinkModel.lan(), LIMITS.withRecords(LIMITS.records().withTypes(Set.of(type))));
        simulation.addNodes(nodes);
        return simulation;
    }

    private static PublishReport publish(
            Simulation simulation, SimulatedNode publisher, RecordType type, List<Key> keys, long lifeMillis) {
        byte[] value = isByRegion(type) ? new byte[0] : value(type);
        publisher.dht().serveAt(List.of(publisher.endpoint()));
        Announcement announcement =
                new Announcement(type, keys.get(0), keys.subList(1, keys.size()), value, lifeMillis);
        return simulation.await(publisher.dht().publish(announcement, rootPlaced -> {}));
    }

    private static byte[] value(RecordType type) {
        return type == RecordType.VALUE
                ? new NamedValue(NAME, "here".getBytes(StandardCharsets.US_ASCII)).encode()
                : new ServiceList(List.of(new Service("printer", List.of("print"), "http://10.0.0.5/", Map.of())), 1)
                        .encode();
    }

    /** Well formed for a type that a node does not keep, malformed for one that it does. */
    private static byte[] unreadable(RecordType type) {
        return type == RecordType.PROVIDER ? new byte[] {1} : value(type);
    }

    private static Key keyOf(RecordType type, SimulatedNode publisher, Simulation simulation) {
        return type == RecordType.VALUE ? NamedValue.keyOf(publisher.id(), NAME) : simulation.randomKey();
    }

    private static List<SignedRecord> find(Simulation simulation, SimulatedNode seeker, RecordType type, Key key) {
        List<SignedRecord> found = new ArrayList<>();
        List<SearchReport> ended = new ArrayList<>();
        seeker.dht().search(type, key, new Dht.RecordListener() {
            @Override
            public void found(FoundRecord record) {
                found.removeIf(earlier -> earlier.statement()
                        .publisher()
                        .equals(record.record().statement().publisher()));
                found.add(record.record());
            }

            @Override
            public void ended(SearchReport report) {
                ended.add(report);
            }
        });
        simulation.runUntil(() -> !ended.isEmpty());
        assertThat(ended.get(0).providers()).isEqualTo(found.size());
        return found;
    }

    private static List<SimulatedNode> holders(Simulation simulation, Key key) {
        return simulation.living().stream()
                .filter(node -> node.dht().heldBatches().stream()
                        .anyMatch(batch -> batch.keys().contains(key)))
                .toList();
    }

    private static boolean isByRegion(RecordType type) {
        return RecordPolicy.of(type).renewal() == RecordPolicy.Renewal.BY_REGION;
    }
}
