package io.cairn.sim.scenario;

import io.cairn.dht.Dht;
import io.cairn.dht.LookupReport;
import io.cairn.dht.Provider;
import io.cairn.dht.SearchReport;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.sim.kademlia.SimulatedNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Starts operations on living nodes and compares the results with the truth. Operations of nodes that die before the end do not count. */
final class Probes {
    private final Participants participants;
    private final Curves curves;
    private final SplittableRandom random;
    private final List<SimulatedNode> waiting = new ArrayList<>();

    Probes(Participants participants, Curves curves, SplittableRandom random) {
        this.participants = participants;
        this.curves = curves;
        this.random = random;
    }

    /** The number of pending operations of living nodes. */
    int pending() {
        return (int) waiting.stream().filter(SimulatedNode::isAlive).count();
    }

    /** Starts a look-up by a random living node for a random key. */
    void lookUp(LookupTally tally) {
        SimulatedNode asker = participants.any();
        Key target = Key.random(random);
        List<NodeId> truth = participants.closest(target, participants.k());
        waiting.add(asker);
        asker.dht().findClosest(target).whenComplete((report, never) -> {
            waiting.remove(asker);
            if (asker.isAlive()) {
                judge(asker.id(), truth, report, tally);
            }
        });
    }

    /** No look-up can find a node that died or joined while it was under way: only nodes that lived throughout count. */
    private void judge(NodeId asker, List<NodeId> before, LookupReport report, LookupTally tally) {
        Set<NodeId> found = new HashSet<>();
        found.add(asker);
        for (Contact contact : report.closest()) {
            found.add(contact.id());
        }
        Set<NodeId> after = new HashSet<>(participants.closest(report.target(), 2 * participants.k()));
        List<NodeId> truth = before.stream().filter(after::contains).toList();
        if (!truth.isEmpty()) {
            boolean success = found.contains(truth.get(0));
            double recall = (double) truth.stream().filter(found::contains).count() / truth.size();
            tally.add(report, success, recall);
            curves.lookup(report, success, recall);
        }
    }

    /** Starts a search by a random living node for another node's announcement. */
    void search(Key key, NodeId publisher, SearchTally tally) {
        SimulatedNode asker = participants.any();
        if (asker.id().equals(publisher)) {
            return; // a search does not return the asker's own record
        }
        waiting.add(asker);
        long begunMillis = now(asker);
        asker.dht().findProviders(key, new Dht.SearchListener() {
            private boolean isFound;

            @Override
            public void found(Provider provider) {
                if (!isFound && provider.id().equals(publisher)) {
                    isFound = true;
                    tally.found(now(asker) - begunMillis);
                    curves.search(true);
                }
            }

            @Override
            public void ended(SearchReport report) {
                waiting.remove(asker);
                if (!isFound && asker.isAlive()) {
                    tally.failed();
                    curves.search(false);
                }
            }
        });
    }

    private static long now(SimulatedNode node) {
        return node.environment().clock().monotonicMillis();
    }
}
