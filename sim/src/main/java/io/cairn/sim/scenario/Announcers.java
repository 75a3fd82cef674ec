package io.cairn.sim.scenario;

import io.cairn.dht.env.Environment;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.service.AnnounceReport;
import io.cairn.dht.service.Discovery;
import io.cairn.dht.service.DiscoveryReport;
import io.cairn.dht.service.FoundService;
import io.cairn.dht.service.ServiceDirectory;
import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.Service;
import io.cairn.dht.wire.Statement;
import io.cairn.sim.kademlia.SimulatedNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes nodes announce services and discover them, and sees who holds their records. */
final class Announcers {
    private final Participants participants;
    private final Map<String, Map<NodeId, SimulatedNode>> announcers = new LinkedHashMap<>();
    private final List<SimulatedNode> waiting = new ArrayList<>();

    Announcers(Participants participants) {
        this.participants = participants;
    }

    /** The number of pending operations of living nodes. */
    int pending() {
        return (int) waiting.stream().filter(SimulatedNode::isAlive).count();
    }

    /** A random node that announces nothing of this name yet announces a service. */
    void announce(RecordWork.Services what, Measures measures) {
        Map<NodeId, SimulatedNode> those = announcers.computeIfAbsent(what.name(), name -> new LinkedHashMap<>());
        SimulatedNode node = participants.any();
        while (those.containsKey(node.id())) {
            node = participants.any();
        }
        SimulatedNode announcer = node;
        those.put(announcer.id(), announcer);
        Service service = new Service(
                "service",
                List.of(what.name()),
                "tcp://" + announcer.endpoint(),
                Map.of("number", String.valueOf(announcer.number())));
        waiting.add(announcer);
        long begunMillis = now(announcer);
        directory(announcer)
                .announce(service, what.lifeMillis())
                .whenComplete((report, never) -> announced(announcer, report, begunMillis, measures));
    }

    private void announced(SimulatedNode announcer, AnnounceReport report, long begunMillis, Measures measures) {
        waiting.remove(announcer);
        measures.sample("latency").add(now(announcer) - begunMillis);
        measures.sample("stored").add(report.storedOn());
    }

    /** A random living node discovers what is announced. */
    void discover(RecordWork.Discoveries what, Measures measures) {
        SimulatedNode asker = participants.any();
        Set<NodeId> found = new LinkedHashSet<>();
        waiting.add(asker);
        long begunMillis = now(asker);
        int max = what.max() == 0 ? Integer.MAX_VALUE : what.max();
        directory(asker).discover(List.of(what.services()), max, new Discovery.Listener() {
            @Override
            public void found(FoundService service) {
                if (found.isEmpty()) {
                    measures.sample("first").add(now(asker) - begunMillis);
                }
                found.add(service.publisher());
            }

            @Override
            public void ended(DiscoveryReport report) {
                waiting.remove(asker);
                measures.sample("end").add(report.millis());
                measures.sample("lookups").add(report.lookups());
                measures.sample("asked").add(report.asked());
                judge(what, found, measures);
            }
        });
    }

    private void judge(RecordWork.Discoveries what, Set<NodeId> found, Measures measures) {
        Map<NodeId, SimulatedNode> those = announcers.getOrDefault(what.services(), Map.of());
        List<SimulatedNode> living =
                those.values().stream().filter(SimulatedNode::isAlive).toList();
        long foundAlive =
                living.stream().filter(node -> found.contains(node.id())).count();
        long wanted = what.max() == 0 ? living.size() : Math.min(what.max(), living.size());
        measures.sample("found").add(found.size());
        measures.sample("dead").add(found.size() - foundAlive);
        measures.count("complete", foundAlive >= wanted);
    }

    /** Counts at each living node the announcers it holds records of, and the records. */
    void survey(RecordWork.Loads what, Measures measures) {
        Set<NodeId> those = announcers.getOrDefault(what.services(), Map.of()).keySet();
        long largest = 0;
        long most = 0;
        int copies = 0;
        int holders = 0;
        for (SimulatedNode node : participants.all()) {
            List<NodeId> held = node.dht().heldBatches().stream()
                    .map(batch -> batch.statement())
                    .filter(statement -> isLive(statement, node))
                    .map(statement -> statement.publisher().nodeId())
                    .filter(those::contains)
                    .toList();
            largest = Math.max(largest, held.stream().distinct().count());
            most = Math.max(most, held.size());
            copies += held.size();
            holders += held.isEmpty() ? 0 : 1;
        }
        measures.set("announcers-of-one-node", largest / (double) Math.max(1, those.size()));
        measures.set("copies-of-one-node", most / (double) Math.max(1, copies));
        measures.set("copies", copies);
        measures.set("holders", holders);
    }

    private static boolean isLive(Statement statement, SimulatedNode at) {
        return statement.type() == RecordType.SERVICE
                && !statement.isWithdrawal()
                && statement.expiryMillis() > at.environment().clock().wallMillis();
    }

    private static ServiceDirectory directory(SimulatedNode node) {
        Environment environment = node.environment();
        return new ServiceDirectory(node.dht(), environment.clock(), environment.scheduler(), environment.random());
    }

    private static long now(SimulatedNode node) {
        return node.environment().clock().monotonicMillis();
    }
}
