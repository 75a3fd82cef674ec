package io.cairn.samples;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchOptions;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.app.node.LocalNode;
import io.cairn.dht.id.Endpoint;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Two nodes in one program: one shares a file, the other fetches it. Copy this to embed Cairn; it needs only the module {@code app}.
 * Both nodes listen only on loopback, so nothing leaves the machine.
 */
public final class ShareAndFetch {
    private final PrintStream out;

    /**
     * @param out receives a line per step
     */
    public ShareAndFetch(PrintStream out) {
        this.out = out;
    }

    /**
     * The program. Exits with 0, with 2 for wrong arguments, or with the exit code of the failure.
     *
     * @param words FILE FOLDER: the file to share, and the folder for the nodes' data and the copy
     */
    public static void main(String... words) throws IOException {
        if (words.length != 2) {
            System.err.println("usage: ShareAndFetch FILE FOLDER");
            System.exit(CairnException.Kind.USAGE.exitCode());
        }
        try {
            new ShareAndFetch(System.out).run(Path.of(words[0]), Path.of(words[1]));
        } catch (CairnException failure) {
            System.err.printf("error: %s%nwhy:   %s%nnext:  %s%n", failure.getMessage(), failure.why(), failure.next());
            System.exit(failure.kind().exitCode());
        }
    }

    /**
     * Shares a file on one node and fetches it with another.
     *
     * @param folder for the nodes' data and the fetched file; the caller deletes it
     * @return the fetched file
     */
    public Path run(Path file, Path folder) throws CairnException, IOException {
        try (Node sharing = LocalNode.start(config(folder.resolve("sharing"), List.of()))) {
            Node.ShareReport report = await(sharing.share(file).completion());
            out.printf(
                    "shared   %s as %s%n", report.share().name(), report.share().hash());

            Endpoint known = new Endpoint(
                    InetAddress.getLoopbackAddress(), sharing.info().port());
            try (Node fetching = LocalNode.start(config(folder.resolve("fetching"), List.of(known.toString())))) {
                Path target = Files.createDirectories(folder.resolve("fetched"));
                FetchOptions options = FetchOptions.into(
                                fetching.resolve(report.share().hash().toHex()), target)
                        .build();
                Fetch fetch = fetching.fetch(options);
                fetch.events(this::tell);
                FetchEvent.Complete complete = await(fetch.completion());
                out.printf("fetched  %s, %,d bytes in %d ms%n", complete.path(), complete.size(), complete.millis());
                return complete.path();
            }
        }
    }

    private void tell(FetchEvent event) {
        if (event instanceof FetchEvent.ManifestArrived manifest) {
            out.printf("manifest %s in %d chunks%n", manifest.name(), manifest.chunks());
        } else if (event instanceof FetchEvent.ChunkBad bad) {
            out.printf("bad      chunk %d from %s%n", bad.chunk(), bad.endpoint());
        }
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

    /** Any free port, only loopback, no search of the local network. */
    private static NodeConfig config(Path dataDirectory, List<String> bootstrap) {
        return NodeConfig.builder(dataDirectory)
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .bootstrap(bootstrap)
                .network("public")
                .lan(false)
                .build();
    }
}
