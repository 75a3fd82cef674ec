package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.Provision;
import io.cairn.dht.PublishReport;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.sim.network.LinkModel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Starts more publications than can run at once, so that some wait for their turn. */
class EveryPublicationTellsHowItEndedTest {
    private static final int MANY = 60;

    private final Simulation simulation = new Simulation(3, LinkModel.lan());
    private final SplittableRandom random = new SplittableRandom(3);
    private final List<Published> published = new ArrayList<>();
    private SimulatedNode node = simulation.addNode();

    @BeforeEach
    void publishMany() {
        simulation.addNodes(20);
        node = simulation.node(1);
        for (int i = 0; i < MANY; i++) {
            published.add(publish(Key.random(random), 0));
        }
    }

    @Test
    void alsoThoseThatAreWithdrawnBeforeTheirTurn() {
        Published last = published.get(MANY - 1);
        node.dht().withdraw(last.root);
        assertThat(last.end).isCompleted();
        assertThat(last.roots)
                .singleElement()
                .satisfies(report -> assertThat(report.rootStoredOn()).isZero());
        simulation.run(60_000);
        assertThat(published).allSatisfy(Published::hasEnded);
    }

    @Test
    void thoseThatAreReplacedBeforeTheirTurnWithWhatTheSecondDid() {
        Published first = published.get(MANY - 1);
        Published second = publish(first.root, 0);
        assertThat(first.end).isNotDone();
        simulation.run(60_000);
        first.hasEnded();
        second.hasEnded();
        assertThat(first.roots).isEqualTo(second.roots);
        assertThat(first.roots.get(0).rootStoredOn()).isPositive();
    }

    @Test
    void thoseWhoseChunksAreNotDueYet() {
        simulation.run(60_000);
        Published withdrawn = publish(Key.random(random), 30_000);
        Published replaced = publish(Key.random(random), 30_000);
        simulation.run(10_000);
        assertThat(withdrawn.end).isNotDone();
        node.dht().withdraw(withdrawn.root);
        withdrawn.hasEnded();
        Published second = publish(replaced.root, 0);
        simulation.run(60_000);
        replaced.hasEnded();
        second.hasEnded();
    }

    @Test
    void allWhenTheNodeIsClosedAndThoseThatComeLater() {
        node.dht().close();
        published.add(publish(Key.random(random), 0));
        simulation.run(60_000);
        assertThat(published).allSatisfy(Published::hasEnded);
    }

    private Published publish(Key root, int chunksAfterMillis) {
        List<PublishReport> roots = new ArrayList<>();
        Endpoint here = node.endpoint();
        Provision provision = new Provision(root, List.of(Key.random(random)), List.of(here), 0, chunksAfterMillis);
        return new Published(
                root, roots, node.dht().provide(provision, roots::add).toCompletableFuture());
    }

    private record Published(Key root, List<PublishReport> roots, CompletableFuture<PublishReport> end) {
        void hasEnded() {
            assertThat(end).isCompleted();
            assertThat(roots).hasSize(1);
        }
    }
}
