package io.cairn.samples;

import io.cairn.app.CairnException;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchOptions;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.dht.id.Endpoint;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Two nodes in one program: one shares a file, the other fetches it. Copy this to embed Cairn; all it needs is the module
 * {@code app}. Both listen on loopback alone, so nothing leaves the machine.
 */
public final class ShareAndFetch {
    private final NodeStarter starter;
    private final PrintStream out;

    /**
     * @param starter what starts a node; a program calls {@code LocalNode::start}
     * @param out where to tell of it
     */
    public ShareAndFetch(NodeStarter starter, PrintStream out) {
        this.starter = starter;
        this.out = out;
    }

    /**
     * Shares a file on one node and fetches it with another.
     *
     * @param folder where the nodes keep their data and the fetched file goes; the caller deletes it
     * @return the fetched file
     */
    public Path run(Path file, Path folder) throws CairnException, IOException {
        try (Node sharing = starter.start(config(folder.resolve("sharing"), List.of()))) {
            Node.ShareReport report = sharing.share(file, progress -> {}).join();
            out.printf(
                    "shared   %s as %s%n", report.share().name(), report.share().hash());

            Endpoint known = new Endpoint(
                    InetAddress.getLoopbackAddress(), sharing.info().port());
            try (Node fetching = starter.start(config(folder.resolve("fetching"), List.of(known.toString())))) {
                Path target = Files.createDirectories(folder.resolve("fetched"));
                FetchOptions options =
                        new FetchOptions(fetching.resolve(report.share().hash().toHex()), target, true, false);
                FetchEvent.Complete complete =
                        fetching.fetch(options, this::tell).completion().join();
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

    /** Any free port, loopback alone, no search of the local network. */
    private static NodeConfig config(Path dataDirectory, List<String> bootstrap) {
        return new NodeConfig(
                dataDirectory, 0, false, List.of(InetAddress.getLoopbackAddress()), bootstrap, "public", false);
    }

    /** Starts a node with a configuration; returns when it can be used. */
    @FunctionalInterface
    public interface NodeStarter {
        Node start(NodeConfig config) throws CairnException;
    }
}
