package io.cairn.sim.scenario;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.NodeId;
import io.cairn.sim.kademlia.SimulatedNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Compares the routing tables of all living nodes with the truth. */
final class TableSurvey {
    private static final int CLOSEST = 20;
    private static final double ENOUGH = 0.9; // 18 of 20

    private TableSurvey() {}

    static Report.TableFigures of(String name, Participants participants) {
        Set<NodeId> living = new HashSet<>();
        participants.all().forEach(node -> living.add(node.id()));
        long enough = 0;
        long known = 0;
        long contacts = 0;
        long stale = 0;
        for (SimulatedNode node : participants.all()) {
            Set<NodeId> table = new HashSet<>();
            for (Contact contact : node.dht().contacts()) {
                table.add(contact.id());
                stale += living.contains(contact.id()) ? 0 : 1;
            }
            contacts += table.size();
            List<NodeId> closest = participants.closest(node.id(), CLOSEST + 1); // the node itself is among them
            long knownHere = closest.stream().filter(table::contains).count();
            known += knownHere;
            enough += knownHere >= ENOUGH * (closest.size() - 1) ? 1 : 0;
        }
        double nodes = living.size();
        return new Report.TableFigures(
                name, living.size(), enough / nodes, known / nodes, contacts / nodes, stale / (double) contacts);
    }
}
