package io.cairn.samples;

import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.app.Operation;
import io.cairn.app.Services.Event;
import io.cairn.app.Services.ServiceQuery;
import io.cairn.app.node.LocalNode;
import io.cairn.dht.service.DiscoveryReport;
import io.cairn.dht.wire.Service;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A program that needs a service: it finds {@link OfferAnEcho} by what it can do, wherever it runs, and speaks to it. */
public final class FindAnEcho {
    private static final int ANSWER_BYTES_MAX = 1_024;

    private final PrintStream out;

    /**
     * @param out receives a line per step
     */
    public FindAnEcho(PrintStream out) {
        this.out = out;
    }

    /**
     * The program.
     *
     * @param words FOLDER HOST:PORT TEXT: the folder for the node's data, a node of the network, and what to say
     */
    public static void main(String... words) throws IOException {
        if (words.length != 3) {
            System.err.println("usage: FindAnEcho FOLDER HOST:PORT TEXT");
            System.exit(CairnException.Kind.USAGE.exitCode());
        }
        try {
            String unused = new FindAnEcho(System.out).say(Path.of(words[0]), words[1], words[2]);
        } catch (CairnException failure) {
            System.err.printf("error: %s%nwhy:   %s%nnext:  %s%n", failure.getMessage(), failure.why(), failure.next());
            System.exit(failure.kind().exitCode());
        }
    }

    /**
     * Finds the first service that echoes, and sends it a line.
     *
     * @param bootstrap a node of the network
     * @return what came back
     */
    public String say(Path folder, String bootstrap, String text) throws CairnException, IOException {
        try (Node node = LocalNode.start(NodeConfig.builder(folder)
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .bootstrap(List.of(bootstrap))
                .network("public")
                .lan(false)
                .build())) {
            Service echo = find(node);
            out.println("found  " + printable(echo.id()) + " at " + printable(echo.endpoint()));
            String answer = ask(endpoint(echo), text);
            out.println("answer " + answer);
            return answer;
        }
    }

    private static URI endpoint(Service echo) throws IOException {
        try {
            return new URI(echo.endpoint());
        } catch (URISyntaxException noUrl) {
            throw new IOException("not a URL: " + printable(echo.endpoint()), noUrl);
        }
    }

    private static Service find(Node node) throws CairnException {
        CompletableFuture<Service> first = new CompletableFuture<>();
        Operation<Event, DiscoveryReport> search =
                node.services().discover(new ServiceQuery(List.of(OfferAnEcho.CAPABILITY), 1));
        search.events(event -> {
            if (event instanceof Event.Found found) {
                first.complete(found.found().service());
            }
        });
        CompletableFuture<DiscoveryReport> unused = search.completion().whenComplete((report, failure) -> {
            if (failure != null) {
                first.completeExceptionally(failure);
            }
        });
        try {
            return first.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof CairnException expected) {
                throw expected;
            }
            throw failure;
        }
    }

    private static String ask(URI endpoint, String text) throws IOException {
        if (endpoint.getHost() == null || endpoint.getPort() < 0) {
            throw new IOException("not a host and port: " + printable(endpoint.toString()));
        }
        try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write((text + "\n").getBytes(StandardCharsets.UTF_8));
            byte[] answer = socket.getInputStream().readNBytes(ANSWER_BYTES_MAX);
            return printable(new String(answer, StandardCharsets.UTF_8).strip());
        }
    }

    /** Anybody may announce an echo: what comes from there must not control this terminal. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
