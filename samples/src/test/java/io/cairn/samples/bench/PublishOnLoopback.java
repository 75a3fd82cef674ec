package io.cairn.samples.bench;

import io.cairn.dht.Provision;
import io.cairn.dht.PublishReport;
import io.cairn.dht.crypto.Identity;
import io.cairn.dht.env.Environment;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.net.NodeLoop;
import io.cairn.dht.net.SystemClock;
import io.cairn.dht.net.UdpConfig;
import io.cairn.dht.net.UdpNetwork;
import io.cairn.dht.node.DhtNode;
import io.cairn.dht.wire.DatagramCodec;
import io.cairn.dht.wire.NetworkId;
import io.cairn.dht.wire.RecordBatch;
import java.io.PrintStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Measures the time to publish many keys on a few real nodes: one process, real UDP over loopback, real signatures. Prints one line:
 * keys, nodes, seconds from the call to the last acknowledgement, datagrams, processor seconds of the whole process, and correctly
 * stored records.
 */
public final class PublishOnLoopback {
    private static final long PATIENCE_SECONDS = 300;

    private PublishOnLoopback() {}

    /**
     * The program.
     *
     * @param words the number of keys and of nodes; 100000 16 by default
     */
    public static void main(String... words) throws Exception {
        int keys = words.length > 0 ? Integer.parseInt(words[0]) : 100_000;
        int nodes = words.length > 1 ? Integer.parseInt(words[1]) : 16;
        run(keys, nodes, System.out);
    }

    /** Publishes, prints the line and returns the number of missing records: 0 on success. */
    public static int run(int keyCount, int nodeCount, PrintStream out) throws Exception {
        List<Running> nodes = new ArrayList<>();
        try {
            for (int i = 0; i < nodeCount; i++) {
                nodes.add(Running.start(i));
                List<Endpoint> bootstrap =
                        i == 0 ? List.of() : List.of(nodes.get(0).endpoint());
                Running node = nodes.get(i);
                node.await(() -> node.dht().join(bootstrap));
            }
            return publish(keyCount, nodes, out);
        } finally {
            nodes.forEach(Running::close);
        }
    }

    private static int publish(int keyCount, List<Running> nodes, PrintStream out) throws Exception {
        SplittableRandom random = new SplittableRandom(42);
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < keyCount; i++) {
            keys.add(Key.random(random));
        }
        Running publisher = nodes.get(0);
        Provision provision = new Provision(keys.get(0), keys.subList(1, keyCount), List.of(publisher.endpoint()), 0);
        long startNanos = System.nanoTime();
        long startCpuNanos = cpuNanos();
        PublishReport report = publisher.await(() -> publisher.dht().provide(provision));
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        double cpuSeconds = (cpuNanos() - startCpuNanos) / 1e9;
        int missing = 0;
        for (Running node : nodes) {
            Set<Key> held = new HashSet<>();
            for (RecordBatch batch : node.await(
                    () -> CompletableFuture.completedFuture(node.dht().heldBatches()))) {
                held.addAll(batch.keys());
            }
            missing += keyCount - held.size();
        }
        out.printf(
                "%,d keys on %d nodes: %.2f s, %.1f processor seconds, %,d datagrams of the publisher, %,d look-ups, %,d of %,d"
                        + " keys stored, %,d records missing%n",
                keyCount,
                nodes.size(),
                seconds,
                cpuSeconds,
                report.datagrams(),
                report.lookups(),
                report.keysStored(),
                report.keys(),
                missing);
        return missing;
    }

    private static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(java.time.Duration::toNanos)
                .orElse(0L);
    }

    /** A real node: its loop, its socket and the node itself. */
    private record Running(NodeLoop loop, UdpNetwork network, DhtNode dht, Endpoint endpoint) {
        static Running start(int number) throws Exception {
            NodeLoop loop = NodeLoop.start();
            InetAddress here = InetAddress.getLoopbackAddress();
            UdpNetwork network = UdpNetwork.open(loop, new UdpConfig(List.of(here), 0, false));
            SplittableRandom random = new SplittableRandom(number);
            Identity identity = Identity.generate(random);
            Environment environment = new Environment(new SystemClock(), loop, network, random);
            CompletableFuture<DhtNode> made = new CompletableFuture<>();
            loop.execute(() -> made.complete(new DhtNode(
                    identity,
                    NetworkId.ofName("loopback"),
                    environment,
                    new DatagramCodec(identity),
                    KademliaLimits.defaults())));
            DhtNode dht = made.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return new Running(loop, network, dht, new Endpoint(here, network.port()));
        }

        <T> T await(Supplier<CompletionStage<T>> question) throws Exception {
            CompletableFuture<T> answer = new CompletableFuture<>();
            loop.execute(() -> question.get().whenComplete((value, failure) -> {
                if (failure == null) {
                    answer.complete(value);
                } else {
                    answer.completeExceptionally(failure);
                }
            }));
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        void close() {
            loop.execute(dht::close);
            loop.close();
            network.close();
        }
    }
}
