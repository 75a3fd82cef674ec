package io.cairn.samples;

import io.cairn.app.CairnException;
import io.cairn.app.FetchOptions;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.app.NodeConfig.TraceSettings;
import io.cairn.app.node.LocalNode;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * One fetch over three nodes as one trace: two nodes share a file, a third fetches it, and each writes its part of the trace to a file of its
 * own. The two continue the traces of the third because they name it. Listens only on loopback.
 */
public final class FollowAFetch {
    private final PrintStream out;

    /**
     * @param out receives the tree of the trace
     */
    public FollowAFetch(PrintStream out) {
        this.out = out;
    }

    /**
     * The program. Exits with 0, with 2 for wrong arguments, or with the exit code of the failure.
     *
     * @param words FILE FOLDER: the file to share, and the folder for the nodes' data, the copy and the trace files
     */
    public static void main(String... words) throws IOException {
        if (words.length != 2) {
            System.err.println("usage: FollowAFetch FILE FOLDER");
            System.exit(CairnException.Kind.USAGE.exitCode());
        }
        try {
            new FollowAFetch(System.out).run(Path.of(words[0]), Path.of(words[1]));
        } catch (CairnException failure) {
            System.err.printf("error: %s%nwhy:   %s%nnext:  %s%n", failure.getMessage(), failure.why(), failure.next());
            System.exit(failure.kind().exitCode());
        }
    }

    /**
     * Shares a file on two nodes, fetches it with a third, and prints the trace.
     *
     * @param folder for the nodes' data, the fetched file and the trace files; the caller deletes it
     * @return the trace files: of the node that fetches, and of the two that share
     */
    public List<Path> run(Path file, Path folder) throws CairnException, IOException {
        Path target = Files.createDirectories(folder.resolve("fetched"));
        List<Path> traces =
                List.of(folder.resolve("fetching.json"), folder.resolve("one.json"), folder.resolve("two.json"));
        try (Node fetching = start(folder.resolve("fetching"), List.of(), traces.get(0), List.of())) {
            Endpoint known = new Endpoint(
                    InetAddress.getLoopbackAddress(), fetching.info().port());
            List<NodeId> followed = List.of(fetching.info().node());
            try (Node one = start(folder.resolve("one"), List.of(known.toString()), traces.get(1), followed);
                    Node two = start(folder.resolve("two"), List.of(known.toString()), traces.get(2), followed)) {
                await(one.share(file).completion());
                Node.Share share = await(two.share(file).completion()).share();
                FetchOptions options = FetchOptions.into(
                                fetching.resolve(share.hash().toHex()), target)
                        .build();
                await(fetching.fetch(options).completion());
            }
        }
        TraceTree.read(traces).print(out);
        return traces;
    }

    /** Any free port, only loopback, no search of the local network, with tracing. */
    private static Node start(Path dataDirectory, List<String> bootstrap, Path traces, List<NodeId> followed)
            throws CairnException {
        return LocalNode.start(NodeConfig.builder(dataDirectory)
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .bootstrap(bootstrap)
                .lan(false)
                .trace(new TraceSettings(traces, followed))
                .build());
    }

    /** Waits for a node's answer; its failures say what failed, why, and what to do next. */
    private static <T> T await(CompletableFuture<T> answer) throws CairnException {
        try {
            return answer.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof CairnException expected) {
                throw expected;
            }
            throw failure;
        }
    }
}
