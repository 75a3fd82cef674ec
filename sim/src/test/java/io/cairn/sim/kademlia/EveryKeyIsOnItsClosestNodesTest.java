package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.PublishReport;
import io.cairn.dht.crypto.Identity;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.wire.RecordBatch;
import io.cairn.sim.network.LinkModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EveryKeyIsOnItsClosestNodesTest {
    private static final int K = KademliaLimits.defaults().k();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 19, 20, 21, 60})
    void inSmallNetworks(int size) {
        Simulation simulation = new Simulation(7_000 + size, LinkModel.lan());
        simulation.addNodes(size);
        List<Key> keys = keys(simulation, 400);
        PublishReport report = simulation.provide(simulation.anyLiving(), keys);

        assertThat(report.keysStored()).isEqualTo(keys.size());
        assertThat(report.rootStoredOn()).isEqualTo(Math.min(size, K));
        assertThat(missing(simulation, keys)).as("seed " + simulation.seed()).isZero();
    }

    /** Such networks once lost keys in other implementations. */
    @ParameterizedTest
    @CsvSource({"4, 2", "19, 5", "20, 3", "21, 6", "60, 4"})
    void whereTheIdsShareAPrefix(int size, int sharedBits) {
        Simulation simulation = new Simulation(7_700 + size, LinkModel.lan());
        SplittableRandom random = new SplittableRandom(simulation.seed());
        Endpoint first = Simulation.endpoint(0);
        for (int i = 0; i < size; i++) {
            SimulatedNode node = simulation.addNode(clustered(sharedBits, random), Simulation.endpoint(i));
            simulation.await(node.dht().join(i == 0 ? List.of() : List.of(first)));
        }
        List<Key> keys = keys(simulation, 400);
        PublishReport report = simulation.provide(simulation.anyLiving(), keys);

        assertThat(report.keysStored()).isEqualTo(keys.size());
        assertThat(missing(simulation, keys)).as("seed " + simulation.seed()).isZero();
    }

    @Test
    void inLargeNetworksWithFewerLookupsThanATenthOfTheNodes() {
        Simulation simulation = new Simulation(7_500, LinkModel.internet().withLoss(0));
        simulation.createNodes(1_000);
        simulation.fillTables();
        List<Key> keys = keys(simulation, 20_000);
        PublishReport report = simulation.provide(simulation.anyLiving(), keys);

        assertThat(report.keysStored()).isEqualTo(keys.size());
        assertThat(missing(simulation, keys)).as("seed " + simulation.seed()).isZero();
        assertThat(report.lookups()).isLessThanOrEqualTo(100);
    }

    @Test
    void aThousandKeysOnFiveNodesAreTwentySixBatchesToEach() {
        Simulation simulation = new Simulation(7_600, LinkModel.lan());
        simulation.addNodes(5);
        PublishReport report = simulation.provide(simulation.node(2), keys(simulation, 1_025));

        assertThat(report.lookups()).isEqualTo(1);
        assertThat(report.nodes()).isEqualTo(5);
        assertThat(simulation.node(0).dht().heldBatches()).hasSize(26);
        assertThat(report.datagrams()).isLessThanOrEqualTo(26 * 4 + 4 + 8);
    }

    private static Identity clustered(int sharedBits, SplittableRandom random) {
        while (true) {
            Identity identity = Identity.generate(random);
            if (identity.nodeId().toBytes()[0] >> (8 - sharedBits) == -1) {
                return identity;
            }
        }
    }

    private static List<Key> keys(Simulation simulation, int count) {
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(simulation.randomKey());
        }
        return keys;
    }

    /** The number of missing records, over all keys and their closest nodes. */
    private static int missing(Simulation simulation, List<Key> keys) {
        Map<NodeId, Set<Key>> held = new LinkedHashMap<>();
        for (SimulatedNode node : simulation.living()) {
            Set<Key> here = new LinkedHashSet<>();
            node.dht().heldBatches().stream().map(RecordBatch::keys).forEach(here::addAll);
            held.put(node.id(), here);
        }
        int missing = 0;
        for (Key key : keys) {
            for (NodeId holder : simulation.closestLiving(key, K)) {
                Set<Key> here = held.get(holder);
                missing += here != null && here.contains(key) ? 0 : 1;
            }
        }
        return missing;
    }
}
