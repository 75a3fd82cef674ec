package io.cairn.sim.scenario;

import io.cairn.dht.Provision;
import io.cairn.dht.PublishReport;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.sim.kademlia.SimulatedNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Makes nodes announce contents, and keeps track of the keys to find. */
final class Publications {
    private final Participants participants;
    private final Probes probes;
    private final SplittableRandom random;
    private final List<Published> published = new ArrayList<>();
    private final Key firstKey;
    private boolean isFirstTaken;
    private int pending;

    Publications(Participants participants, Probes probes, SplittableRandom random) {
        this.participants = participants;
        this.probes = probes;
        this.random = random;
        this.firstKey = Key.random(random);
    }

    /** The first key to be published. */
    Key firstKey() {
        return firstKey;
    }

    /** The number of pending publications. */
    int pending() {
        return pending;
    }

    /** A random node announces random keys; when it is done, random nodes search for the first of them. */
    void publish(Scenario.Publication what, PublicationTally tally, SearchTally finds) {
        SimulatedNode publisher = participants.anyThatStays();
        List<Key> keys = new ArrayList<>(what.keys());
        for (int i = 0; i < what.keys(); i++) {
            keys.add(isFirstTaken ? Key.random(random) : firstKey);
            isFirstTaken = true;
        }
        pending++;
        Provision provision =
                new Provision(keys.get(0), keys.subList(1, keys.size()), List.of(publisher.endpoint()), 0);
        publisher.dht().provide(provision).whenComplete((report, never) -> {
            pending--;
            ended(publisher, keys, report, tally);
            for (int i = 0; i < what.finders(); i++) {
                probes.search(keys.get(0), publisher.id(), finds);
            }
        });
    }

    private void ended(SimulatedNode publisher, List<Key> keys, PublishReport report, PublicationTally tally) {
        tally.add(report, participants.living());
        keys.forEach(key -> published.add(new Published(key, publisher.id())));
        countPlaces(keys, tally);
    }

    private void countPlaces(List<Key> keys, PublicationTally tally) {
        Map<NodeId, List<Key>> expected = new HashMap<>();
        for (Key key : keys) {
            for (NodeId holder : participants.closest(key, participants.k())) {
                expected.computeIfAbsent(holder, node -> new ArrayList<>()).add(key);
            }
        }
        for (SimulatedNode node : participants.all()) {
            List<Key> places = expected.get(node.id());
            if (places != null) {
                Set<Key> held = new HashSet<>();
                node.dht().heldBatches().forEach(batch -> held.addAll(batch.keys()));
                tally.addPlaces(
                        places.size(), places.stream().filter(held::contains).count());
            }
        }
    }

    /** A random living node searches for a random published key; does nothing if there is none. */
    void search(SearchTally tally) {
        if (!published.isEmpty()) {
            Published sought = published.get(random.nextInt(published.size()));
            probes.search(sought.key(), sought.publisher(), tally);
        }
    }

    private record Published(Key key, NodeId publisher) {}
}
