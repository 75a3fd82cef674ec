package io.cairn.samples.bench;

import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.app.Services.Announcement;
import io.cairn.app.Services.ServiceQuery;
import io.cairn.app.node.LocalNode;
import io.cairn.dht.service.DiscoveryReport;
import io.cairn.dht.wire.Service;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Measures how long real nodes take to find services: one process, real UDP over loopback, real signatures, each node announces one. Prints
 * one line: nodes, searches, services found at least, and the times of a search to its end in milliseconds: median, p99 and longest.
 */
public final class DiscoverOnLoopback {
    private static final int TTL_SECONDS = 600;

    private DiscoverOnLoopback() {}

    /**
     * The program.
     *
     * @param words a folder for the nodes' data, and perhaps the number of nodes and of searches; 16 1000 by default
     */
    public static void main(String... words) throws Exception {
        int nodes = words.length > 1 ? Integer.parseInt(words[1]) : 16;
        int searches = words.length > 2 ? Integer.parseInt(words[2]) : 1_000;
        run(Path.of(words[0]), nodes, searches, System.out);
    }

    private static void run(Path folder, int nodeCount, int searchCount, PrintStream out) throws Exception {
        List<Node> nodes = new ArrayList<>();
        try {
            for (int i = 0; i < nodeCount; i++) {
                nodes.add(start(folder.resolve("node" + i), nodes));
                nodes.get(i).joined().join();
            }
            for (int i = 0; i < nodeCount; i++) {
                Service service = new Service("bench" + i, List.of("bench"), "tcp://127.0.0.1:" + (i + 1), Map.of());
                nodes.get(i)
                        .services()
                        .announce(new Announcement(service, TTL_SECONDS, false))
                        .join();
            }
            Random random = new Random(1);
            double[] millis = new double[searchCount];
            int servicesMin = Integer.MAX_VALUE;
            for (int i = -searchCount / 10; i < searchCount; i++) {
                Node node = nodes.get(random.nextInt(nodeCount));
                long started = System.nanoTime();
                DiscoveryReport report = node.services()
                        .discover(ServiceQuery.all(List.of("bench")))
                        .completion()
                        .join();
                if (i >= 0) {
                    millis[i] = (System.nanoTime() - started) / 1e6;
                    servicesMin = Math.min(servicesMin, report.services());
                }
            }
            Arrays.sort(millis);
            out.printf(
                    "%d nodes, %d searches, at least %d services found; median %.1f ms, p99 %.1f ms, longest %.1f ms%n",
                    nodeCount,
                    searchCount,
                    servicesMin,
                    millis[searchCount / 2],
                    millis[searchCount * 99 / 100],
                    millis[searchCount - 1]);
        } finally {
            nodes.forEach(Node::close);
        }
    }

    private static Node start(Path folder, List<Node> before) throws CairnException {
        return LocalNode.start(NodeConfig.builder(folder)
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .bootstrap(before.stream()
                        .limit(1)
                        .map(node -> "127.0.0.1:" + node.info().port())
                        .toList())
                .network("bench")
                .lan(false)
                .build());
    }
}
