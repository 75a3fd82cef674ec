package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.Provision;
import io.cairn.dht.PublishReport;
import io.cairn.dht.crypto.Signature;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.wire.RecordBatch;
import io.cairn.dht.wire.RecordType;
import io.cairn.sim.network.LinkModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordsOutliveTheirHoldersTest {
    private static final long HOUR = 3_600_000;
    private static final int K = KademliaLimits.defaults().k();

    @Test
    void holdersPassOnWhatAPublisherThatIsGoneCannotAndForgetWhatExpired() {
        KademliaLimits limits = KademliaLimits.defaults();
        KademliaLimits shortLived = limits.withRecords(new KademliaLimits.Records(
                1_000, 10 << 20, 100, 1_000, 1_000, 3 * HOUR, HOUR, Set.of(RecordType.PROVIDER)));
        Simulation simulation =
                new Simulation(31, LinkModel.lan().withLoss(0.05), shortLived, identity -> new PlainEnvelopes());
        simulation.addNodes(80);
        SimulatedNode publisher = simulation.node(40);
        Key key = simulation.randomKey();
        simulation.provide(publisher, List.of(key));
        simulation.kill(publisher);
        List<SimulatedNode> holders = holders(simulation, key);
        holders.subList(0, K - 5).forEach(simulation::kill);
        simulation.run(HOUR + HOUR / 2);
        List<SimulatedNode> now = holders(simulation, key);

        assertThat(now).as("seed " + simulation.seed()).hasSizeGreaterThanOrEqualTo(K - 1);
        holders.subList(K - 5, holders.size()).forEach(simulation::kill);
        SimulatedNode seeker = simulation.anyLiving();
        assertThat(simulation.find(seeker, key).providers())
                .singleElement()
                .matches(provider -> provider.id().equals(publisher.id()));
        simulation.run(2 * HOUR);
        assertThat(simulation.find(seeker, key).providers()).isEmpty();
        assertThat(holders(simulation, key)).isEmpty();
    }

    @Test
    void aNewcomerIsHandedWhatItIsToHold() {
        Simulation simulation = new Simulation(32, LinkModel.lan());
        simulation.addNodes(30);
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            keys.add(simulation.randomKey());
        }
        simulation.provide(simulation.node(0), keys);
        simulation.addNodes(10);
        simulation.run(60_000);
        int missing = 0;
        for (Key key : keys) {
            Set<NodeId> closest = Set.copyOf(simulation.closestLiving(key, K));
            missing += K
                    - (int) holders(simulation, key).stream()
                            .filter(holder -> closest.contains(holder.id()))
                            .count();
        }
        assertThat(missing).as("seed " + simulation.seed()).isLessThan(keys.size() * K / 50);
    }

    @Test
    void aPublisherRepublishesBeforeItsRecordsExpire() {
        Simulation simulation = new Simulation(33, LinkModel.lan());
        simulation.addNodes(6);
        Key key = simulation.randomKey();
        simulation.provide(simulation.node(0), List.of(key));
        simulation.run(100 * HOUR);

        assertThat(simulation.find(simulation.node(5), key).providers()).hasSize(1);
    }

    @Test
    void whatIsWithdrawnIsNotFoundButWhatAnotherContentSharesIs() {
        Simulation simulation = new Simulation(34, LinkModel.lan());
        simulation.addNodes(6);
        List<Key> one = List.of(simulation.randomKey(), simulation.randomKey(), simulation.randomKey());
        List<Key> two = List.of(simulation.randomKey(), one.get(2));
        simulation.provide(simulation.node(0), one);
        simulation.provide(simulation.node(0), two);
        simulation.node(0).dht().withdraw(one.get(0));
        simulation.run(HOUR);

        assertThat(simulation.find(simulation.node(3), one.get(0)).providers()).isEmpty();
        assertThat(simulation.find(simulation.node(3), one.get(1)).providers()).isEmpty();
        assertThat(simulation.find(simulation.node(3), two.get(0)).providers()).hasSize(1);
        assertThat(simulation.find(simulation.node(3), two.get(1)).providers()).hasSize(1);
    }

    @Test
    void aWithdrawalIsForgottenWithinHours() {
        Simulation simulation = new Simulation(36, LinkModel.lan());
        simulation.addNodes(6);
        List<Key> keys = List.of(simulation.randomKey(), simulation.randomKey());
        simulation.provide(simulation.node(0), keys);
        simulation.node(0).dht().withdraw(keys.get(0));
        simulation.run(HOUR);
        assertThat(simulation.node(3).dht().heldBatches())
                .as("held, so that no older one comes back")
                .isNotEmpty();
        simulation.run(3 * HOUR);

        assertThat(simulation.node(3).dht().heldBatches()).isEmpty();
        assertThat(simulation.find(simulation.node(3), keys.get(0)).providers()).isEmpty();
    }

    @Test
    void aFreshPublicationIsNotRepeatedAfterARestartButHeldAgain() {
        Simulation simulation = new Simulation(35, LinkModel.lan());
        simulation.addNodes(2);
        List<Key> keys = List.of(simulation.randomKey(), simulation.randomKey(), simulation.randomKey());
        SimulatedNode publisher = simulation.node(0);
        PublishReport report = simulation.provide(publisher, keys);
        List<Signature> before = signatures(simulation.node(1));
        simulation.kill(publisher);
        simulation.run(HOUR / 4);
        Endpoint bootstrap = simulation.node(1).endpoint();
        SimulatedNode again = simulation.addNode(publisher.identity(), publisher.endpoint());
        simulation.await(again.dht().join(List.of(bootstrap)));
        long sent = again.dht().statistics().datagramsSent();
        PublishReport second = simulation.await(again.dht()
                .provide(new Provision(
                        keys.get(0), keys.subList(1, 3), List.of(publisher.endpoint()), report.publishedAtMillis())));

        assertThat(second.publishedAtMillis()).isEqualTo(report.publishedAtMillis());
        assertThat(again.dht().statistics().datagramsSent()).isEqualTo(sent);
        assertThat(signatures(again)).containsExactlyInAnyOrderElementsOf(before);
        simulation.run(22 * HOUR);
        assertThat(again.dht().heldBatches())
                .allMatch(batch -> batch.statement().sequence() > report.publishedAtMillis());
    }

    private static List<Signature> signatures(SimulatedNode node) {
        return node.dht().heldBatches().stream().map(RecordBatch::signature).toList();
    }

    private static List<SimulatedNode> holders(Simulation simulation, Key key) {
        return simulation.living().stream()
                .filter(node -> node.dht().heldBatches().stream()
                        .anyMatch(batch -> batch.keys().contains(key)))
                .toList();
    }
}
