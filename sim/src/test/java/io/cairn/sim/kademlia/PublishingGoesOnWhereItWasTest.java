package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.Provider;
import io.cairn.dht.Provision;
import io.cairn.dht.PublishJournal;
import io.cairn.dht.PublishReport;
import io.cairn.dht.PublishedRegion;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.sim.network.LinkModel;
import io.cairn.sim.network.SimulatedNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class PublishingGoesOnWhereItWasTest {
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long INTERVAL = 20 * MINUTE;

    /** Shorter than the default 22 hours, to shorten the test. */
    private static final KademliaLimits LIMITS = KademliaLimits.defaults()
            .withPublishing(KademliaLimits.defaults().publishing().withRepublishMillis(INTERVAL));

    private static final int NODES = 200;

    private final Memory memory = new Memory();

    @Test
    void allContentsTravelTogetherInOneSweepAnInterval() {
        Simulation simulation = network(8_100);
        SimulatedNode publisher = simulation.node(0);
        publisher.dht().resumePublishing(List.of(), memory);
        List<Provision> contents = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Provision content = content(simulation, publisher.endpoint(), 0);
            contents.add(content);
            simulation.await(publisher.dht().provide(content));
        }
        assertThat(memory.contents).hasSize(5);
        long before = simulation.nowMillis();
        assertThat(memory.cellsPublished).as("with the first content").isEqualTo(256);
        simulation.run(INTERVAL);
        long swept = memory.regions.values().stream()
                .filter(region -> region.publishedMillis() > SimulatedNetwork.EPOCH_MILLIS + before)
                .count();

        assertThat(swept).as("seed " + simulation.seed()).isEqualTo(256);
        assertThat(memory.cellsPublished).isEqualTo(2 * 256);
        for (Provision content : contents) {
            assertThat(simulation.find(simulation.anyLiving(), content.root()).providers())
                    .hasSize(1);
        }
    }

    @Test
    void afterARestartWhatIsLateIsPublishedSoonAndNothingElse() {
        Simulation simulation = network(8_200, 800);
        SimulatedNode publisher = simulation.node(0);
        publisher.dht().resumePublishing(List.of(), memory);
        Provision content = content(simulation, publisher.endpoint(), 0);
        simulation.await(publisher.dht().provide(content));
        simulation.run(INTERVAL);
        simulation.kill(publisher);
        simulation.run(INTERVAL / 2);
        Map<Integer, PublishedRegion> atStop = new LinkedHashMap<>(memory.regions);
        SimulatedNode again = simulation.addNode(publisher.identity(), publisher.endpoint());
        again.dht().resumePublishing(List.copyOf(atStop.values()), memory);
        again.dht().provide(content(content, publisher.endpoint(), memory.contents.getOrDefault(content.root(), 0L)));
        simulation.await(again.dht().join(List.of(simulation.anyLiving().endpoint())));
        simulation.run(MINUTE);
        long repeated = memory.regions.entrySet().stream()
                .filter(region -> !region.getValue().equals(atStop.get(region.getKey())))
                .count();

        // half an interval was missed, and a region is an eighth of the space
        assertThat(repeated).as("seed " + simulation.seed()).isBetween(64L, 192L);
        simulation.run(INTERVAL);
        assertThat(memory.regions.values())
                .allMatch(region ->
                        region.publishedMillis() > SimulatedNetwork.EPOCH_MILLIS + simulation.nowMillis() - INTERVAL);
    }

    @Test
    void afterAChangeOfAddressEveryRecordSaysSoSoon() {
        Simulation simulation = network(8_300);
        SimulatedNode publisher = simulation.node(0);
        publisher.dht().resumePublishing(List.of(), memory);
        Provision content = content(simulation, publisher.endpoint(), 0);
        simulation.await(publisher.dht().provide(content));
        Endpoint elsewhere = Simulation.endpoint(50_000);
        publisher.dht().serveAt(List.of(elsewhere));
        simulation.run(30 * MINUTE);

        assertThatAllSay(simulation, content, publisher, elsewhere);
        assertThat(memory.regions).hasSize(256);
    }

    @Test
    void afterARestartAtAnotherAddressEveryRecordSaysSoSoon() {
        Simulation simulation = network(8_600);
        SimulatedNode publisher = simulation.node(0);
        publisher.dht().resumePublishing(List.of(), memory);
        Provision content = content(simulation, publisher.endpoint(), 0);
        simulation.await(publisher.dht().provide(content));
        simulation.kill(publisher);
        Endpoint elsewhere = Simulation.endpoint(50_000);
        SimulatedNode again = simulation.addNode(publisher.identity(), elsewhere);
        again.dht().resumePublishing(List.copyOf(memory.regions.values()), memory);
        again.dht().provide(content(content, elsewhere, memory.contents.getOrDefault(content.root(), 0L)));
        simulation.await(again.dht().join(List.of(simulation.anyLiving().endpoint())));
        simulation.run(30 * MINUTE);

        assertThatAllSay(simulation, content, publisher, elsewhere);
        assertThat(memory.regions.values())
                .allMatch(region -> region.endpoints().equals(List.of(elsewhere)));
    }

    /** A searcher may add the address at which it last heard the publisher itself. */
    private static void assertThatAllSay(
            Simulation simulation, Provision content, SimulatedNode publisher, Endpoint elsewhere) {
        for (Key key : List.of(content.root(), content.chunks().get(7))) {
            List<Provider> found = simulation.find(simulation.anyLiving(), key).providers();
            assertThat(found).as("seed " + simulation.seed()).hasSize(1);
            assertThat(found.get(0).endpoints())
                    .as("seed " + simulation.seed())
                    .contains(elsewhere)
                    .isSubsetOf(elsewhere, publisher.endpoint());
        }
    }

    @Test
    void whatIsSharedWhileTheNetworkIsAwayIsPublishedWhenItIsBack() {
        Simulation simulation = new Simulation(8_400, LinkModel.lan());
        simulation.addNodes(12);
        SimulatedNode publisher = simulation.addNode();
        publisher.dht().resumePublishing(List.of(), memory);
        Provision content = content(simulation, publisher.endpoint(), 0);
        PublishReport alone = simulation.await(publisher.dht().provide(content));

        assertThat(alone.rootStoredOn()).isEqualTo(1);
        assertThat(alone.publishedAtMillis()).as("nobody else has it").isZero();
        assertThat(memory.contents).isEmpty();
        simulation.run(60 * MINUTE);
        simulation.await(publisher.dht().join(List.of(simulation.node(3).endpoint())));
        simulation.run(10_000);

        assertThat(memory.contents).containsOnlyKeys(content.root());
        for (Key key : content.chunks().subList(0, 20)) {
            assertThat(simulation.find(simulation.node(5), key).providers()).hasSize(1);
        }
    }

    @Test
    void theRootIsFoundBeforeTheChunksAreDone() {
        Simulation simulation = network(8_500);
        SimulatedNode publisher = simulation.node(0);
        List<PublishReport> placed = new ArrayList<>();
        Provision content = content(simulation, publisher.endpoint(), 0);
        CompletionStage<PublishReport> all = publisher.dht().provide(content, placed::add);
        simulation.runUntil(() -> !placed.isEmpty());

        assertThat(all.toCompletableFuture()).isNotDone();
        assertThat(placed.get(0).rootStoredOn()).isGreaterThanOrEqualTo(15);
        assertThat(simulation.find(simulation.node(77), content.root()).providers())
                .hasSize(1);
        PublishReport end = simulation.await(all);
        assertThat(placed).hasSize(1);
        assertThat(end.keysStored()).isEqualTo(end.keys());
    }

    @Test
    void chunksThatCanWaitFollowTheRootAfterTheTimeThatWasAskedFor() {
        Simulation simulation = network(8_700);
        SimulatedNode publisher = simulation.node(0);
        publisher.dht().resumePublishing(List.of(), memory);
        Provision content = later(content(simulation, publisher.endpoint(), 0), 20_000);
        List<PublishReport> placed = new ArrayList<>();
        CompletionStage<PublishReport> all = publisher.dht().provide(content, placed::add);
        simulation.run(19_000);

        assertThat(placed).hasSize(1);
        assertThat(all.toCompletableFuture()).isNotDone();
        assertThat(memory.contents).as("published as a whole").isEmpty();
        assertThat(simulation.find(simulation.node(77), content.root()).providers())
                .hasSize(1);
        assertThat(simulation.find(simulation.node(77), content.chunks().get(7)).providers())
                .isEmpty();
        PublishReport end = simulation.await(all);
        assertThat(end.keysStored()).isEqualTo(end.keys()).isEqualTo(1_001);
        assertThat(memory.contents).containsOnlyKeys(content.root());
        assertThat(simulation.find(simulation.node(77), content.chunks().get(7)).providers())
                .hasSize(1);
    }

    @Test
    void chunksThatCanWaitAreNotPublishedOnceTheContentIsWithdrawn() {
        Simulation simulation = network(8_800);
        SimulatedNode publisher = simulation.node(0);
        Provision content = later(content(simulation, publisher.endpoint(), 0), 20_000);
        publisher.dht().provide(content);
        simulation.run(10_000);
        publisher.dht().withdraw(content.root());
        simulation.run(60_000);
        for (Key key : List.of(content.root(), content.chunks().get(7))) {
            assertThat(simulation.find(simulation.node(77), key).providers()).isEmpty();
        }
    }

    private static Provision later(Provision content, int chunksAfterMillis) {
        return new Provision(content.root(), content.chunks(), content.endpoints(), 0, chunksAfterMillis);
    }

    private static Simulation network(long seed) {
        return network(seed, NODES);
    }

    private static Simulation network(long seed, int nodes) {
        Simulation simulation = new Simulation(seed, LinkModel.internet().withLoss(0), LIMITS);
        simulation.createNodes(nodes);
        simulation.fillTables();
        return simulation;
    }

    private static Provision content(Simulation simulation, Endpoint endpoint, long publishedMillis) {
        List<Key> chunks = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            chunks.add(simulation.randomKey());
        }
        return new Provision(simulation.randomKey(), chunks, List.of(endpoint), publishedMillis);
    }

    private static Provision content(Provision content, Endpoint endpoint, long publishedMillis) {
        return new Provision(content.root(), content.chunks(), List.of(endpoint), publishedMillis);
    }

    /** A journal that a restart does not lose. */
    private static final class Memory implements PublishJournal {
        private final Map<Key, Long> contents = new LinkedHashMap<>();
        private final Map<Integer, PublishedRegion> regions = new LinkedHashMap<>();
        private int cellsPublished;

        @Override
        public void contentPublished(Key root, long wallMillis) {
            contents.put(root, wallMillis);
        }

        @Override
        public void regionsPublished(List<PublishedRegion> published) {
            cellsPublished += published.size();
            published.forEach(region -> regions.put(region.cell(), region));
        }
    }
}
