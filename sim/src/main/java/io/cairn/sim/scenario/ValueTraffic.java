package io.cairn.sim.scenario;

import io.cairn.dht.id.NodeId;
import io.cairn.dht.value.FoundValue;
import io.cairn.dht.value.NamedValues;
import io.cairn.sim.kademlia.SimulatedNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** Makes nodes write named values, and others read them. */
final class ValueTraffic {
    private static final String NAME = "value";

    private final Participants participants;
    private final SplittableRandom random;
    private final Map<String, List<NodeId>> written = new LinkedHashMap<>();
    private final List<SimulatedNode> waiting = new ArrayList<>();

    ValueTraffic(Participants participants, SplittableRandom random) {
        this.participants = participants;
        this.random = random;
    }

    /** The number of pending operations of living nodes. */
    int pending() {
        return (int) waiting.stream().filter(SimulatedNode::isAlive).count();
    }

    /** A random node writes all versions of its value, one after the other. */
    void write(RecordWork.Values what, Measures measures) {
        SimulatedNode publisher = participants.any();
        waiting.add(publisher);
        write(what, values(publisher), publisher, 1, measures);
    }

    private void write(
            RecordWork.Values what, NamedValues values, SimulatedNode publisher, int version, Measures measures) {
        long begunMillis = now(publisher);
        long sequence = publisher.environment().clock().wallMillis();
        byte[] content = ByteBuffer.allocate(Integer.BYTES).putInt(version).array();
        values.put(NAME, content, sequence, placed -> {}).whenComplete((report, never) -> {
            measures.sample("latency").add(now(publisher) - begunMillis);
            measures.sample("stored").add(report.rootStoredOn());
            if (version < what.versions()) {
                write(what, values, publisher, version + 1, measures);
            } else {
                waiting.remove(publisher);
                written.computeIfAbsent(what.name(), name -> new ArrayList<>()).add(publisher.id());
            }
        });
    }

    /** A random living node reads a random value; does nothing if none is written. */
    void read(RecordWork.Reads what, int versions, Measures measures) {
        List<NodeId> publishers = written.getOrDefault(what.values(), List.of());
        if (publishers.isEmpty()) {
            return;
        }
        NodeId publisher = publishers.get(random.nextInt(publishers.size()));
        SimulatedNode reader = participants.any();
        if (reader.id().equals(publisher)) {
            return;
        }
        waiting.add(reader);
        long begunMillis = now(reader);
        CompletableFuture<Optional<FoundValue>> read =
                values(reader).get(publisher, NAME).value();
        CompletableFuture<Optional<FoundValue>> unused = read.whenComplete((found, never) -> {
            waiting.remove(reader);
            measures.sample("latency").add(now(reader) - begunMillis);
            measures.count("newest", versionOf(found) == versions);
            measures.count("nothing", found.isEmpty());
        });
    }

    private static int versionOf(Optional<FoundValue> found) {
        return found.map(value -> ByteBuffer.wrap(value.content()).getInt()).orElse(0);
    }

    private static NamedValues values(SimulatedNode node) {
        return new NamedValues(node.dht(), node.environment().clock());
    }

    private static long now(SimulatedNode node) {
        return node.environment().clock().monotonicMillis();
    }
}
