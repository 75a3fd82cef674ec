package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.PublishReport;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.value.FoundValue;
import io.cairn.dht.value.NamedValues;
import io.cairn.dht.wire.NamedValue;
import io.cairn.dht.wire.RecordBatch;
import io.cairn.dht.wire.RecordType;
import io.cairn.sim.network.LinkModel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ValuesAreReadFromManyNodesTest {
    private static final long HOUR = 3_600_000;
    private static final String NAME = "notes";
    private static final int K = 20;

    @Test
    void theLongestValueIsReadByANodeThatNobodyKnows() {
        Simulation simulation = network(63, 60);
        byte[] content = new byte[NamedValue.CONTENT_BYTES_MAX];
        content[511] = 7;
        SimulatedNode publisher = simulation.node(3);
        PublishReport report = simulation.await(values(publisher).put(NAME, content, 1, placed -> {}));
        assertThat(report.rootStoredOn()).isEqualTo(K);

        SimulatedNode stranger = simulation.addNode();
        stranger.dht().adopt(List.of(simulation.node(9).contact()));
        FoundValue found = get(simulation, stranger, publisher.id()).orElseThrow();
        assertThat(found.content()).isEqualTo(content);
        assertThat(found.sequence()).isOne();
        assertThat(simulation.check()).isEmpty();
    }

    @Test
    void theNewestVersionIsReadAndOneThatFollowsIsNotOlder() {
        Simulation simulation = network(64, 60);
        SimulatedNode publisher = simulation.node(3);
        put(simulation, publisher, "first", 1);
        put(simulation, publisher, "second", 2);
        SimulatedNode reader = simulation.node(30);
        NamedValues values = values(reader);
        assertThat(text(simulation.await(values.get(publisher.id(), NAME).value())))
                .isEqualTo("second");

        holders(simulation, publisher.id()).forEach(simulation::kill);
        Optional<FoundValue> remembered =
                simulation.await(values.get(publisher.id(), NAME).value());
        assertThat(text(remembered)).isEqualTo("second");
        assertThat(get(simulation, reader, reader.id())).isEmpty();
    }

    @Test
    void aReadStoresItWhereItIsMissingAndNowhereElse() {
        Simulation simulation = network(65, 120);
        SimulatedNode publisher = simulation.node(3);
        put(simulation, publisher, "first", 1);
        List<SimulatedNode> holders = holders(simulation, publisher.id());
        assertThat(holders).hasSize(K);
        holders.subList(0, 12).stream().filter(holder -> holder != publisher).forEach(simulation::kill);
        long before = simulation.sentByKind().getOrDefault("Store", 0L);
        SimulatedNode reader = awayFrom(simulation, publisher.id());

        assertThat(text(get(simulation, reader, publisher.id()))).isEqualTo("first");
        simulation.run(5_000);
        List<NodeId> closest = simulation.closestLiving(key(publisher.id()), K);
        List<NodeId> now = holders(simulation, publisher.id()).stream()
                .map(SimulatedNode::id)
                .toList();
        assertThat(now).filteredOn(closest::contains).hasSizeGreaterThanOrEqualTo(K - 2);
        long stores = simulation.sentByKind().getOrDefault("Store", 0L) - before;
        assertThat(stores).isBetween(1L, 12L);

        get(simulation, reader, publisher.id());
        simulation.run(5_000);
        assertThat(simulation.sentByKind().getOrDefault("Store", 0L) - before).isEqualTo(stores);
    }

    @Test
    void whatIsWrittenWhileCutOffIsSentOnceANodeIsHeard() {
        Simulation simulation = network(66, 40);
        SimulatedNode alone = simulation.addNode();
        CompletableFuture<PublishReport> put =
                values(alone).put(NAME, bytes("later"), 1, placed -> {}).toCompletableFuture();
        simulation.run(HOUR);
        assertThat(get(simulation, simulation.node(5), alone.id())).isEmpty();

        CompletionStage<Integer> joined =
                alone.dht().join(List.of(simulation.node(7).endpoint()));
        simulation.await(joined);
        simulation.run(60_000);
        assertThat(put).isCompleted();
        assertThat(text(get(simulation, simulation.node(5), alone.id()))).isEqualTo("later");
    }

    @Test
    void thePublisherRenewsItWithTheSequenceItWasWrittenWith() {
        Simulation simulation = network(67, 40);
        SimulatedNode publisher = simulation.node(3);
        put(simulation, publisher, "kept", 5);
        simulation.run(60 * HOUR);
        FoundValue found = get(simulation, simulation.node(9), publisher.id()).orElseThrow();
        assertThat(found.sequence()).isEqualTo(5);
        simulation.kill(publisher);
        simulation.run(24 * HOUR);
        assertThat(get(simulation, simulation.anyLiving(), publisher.id())).isPresent();
        simulation.run(25 * HOUR);
        assertThat(get(simulation, simulation.anyLiving(), publisher.id())).isEmpty();
    }

    @Test
    void onePeerAloneIsAskedWhereItIsKnown() {
        Simulation simulation = network(68, 40);
        SimulatedNode publisher = simulation.node(3);
        put(simulation, publisher, "here", 1);
        SimulatedNode reader = simulation.node(9);
        long before = simulation.sentByKind().getOrDefault("FindValue", 0L);
        Optional<FoundValue> found = simulation.await(values(reader)
                .getFrom(publisher.contact(), publisher.id(), NAME)
                .value());
        assertThat(text(found)).isEqualTo("here");
        assertThat(simulation.sentByKind().getOrDefault("FindValue", 0L) - before)
                .isEqualTo(1);
    }

    private static Simulation network(long seed, int nodes) {
        Simulation simulation = new Simulation(seed, LinkModel.lan());
        simulation.addNodes(nodes);
        return simulation;
    }

    private static void put(Simulation simulation, SimulatedNode publisher, String content, long sequence) {
        simulation.await(values(publisher).put(NAME, bytes(content), sequence, placed -> {}));
    }

    private static Optional<FoundValue> get(Simulation simulation, SimulatedNode reader, NodeId publisher) {
        return simulation.await(values(reader).get(publisher, NAME).value());
    }

    private static NamedValues values(SimulatedNode node) {
        return new NamedValues(node.dht(), node.environment().clock());
    }

    private static Key key(NodeId publisher) {
        return NamedValue.keyOf(publisher, NamedValue.digestOf(NAME));
    }

    private static SimulatedNode awayFrom(Simulation simulation, NodeId publisher) {
        List<NodeId> near = simulation.closestLiving(key(publisher), 2 * K);
        return simulation.living().stream()
                .filter(node -> !near.contains(node.id()) && !node.id().equals(publisher))
                .findFirst()
                .orElseThrow();
    }

    private static List<SimulatedNode> holders(Simulation simulation, NodeId publisher) {
        return simulation.living().stream()
                .filter(node -> node.dht().heldBatches().stream()
                        .map(RecordBatch::statement)
                        .anyMatch(statement -> statement.type() == RecordType.VALUE
                                && statement.publisher().nodeId().equals(publisher)))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(Optional<FoundValue> found) {
        return new String(found.orElseThrow().content(), StandardCharsets.US_ASCII);
    }
}
