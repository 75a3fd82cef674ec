package io.cairn.samples;

import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.app.Services;
import io.cairn.app.Services.Announced;
import io.cairn.app.Services.Announcement;
import io.cairn.app.node.LocalNode;
import io.cairn.dht.wire.Service;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program that offers a service: it answers lines over TCP, and announces through a node of its own that it does. {@link FindAnEcho} finds
 * it by what it can do. Both listen only on loopback.
 */
public final class OfferAnEcho implements AutoCloseable {
    /** What both programs agree on. */
    static final String CAPABILITY = "echo";

    private final ServerSocket server;
    private final Node node;

    private OfferAnEcho(ServerSocket server, Node node) {
        this.server = server;
        this.node = node;
    }

    /**
     * The program; runs until it is ended.
     *
     * @param words FOLDER and perhaps HOST:PORT: the folder for the node's data, and another node of the network
     */
    public static void main(String... words) throws IOException, CairnException {
        if (words.length < 1 || words.length > 2) {
            System.err.println("usage: OfferAnEcho FOLDER [HOST:PORT]");
            System.exit(CairnException.Kind.USAGE.exitCode());
        }
        OfferAnEcho offer = start(Path.of(words[0]), List.of(words).subList(1, words.length), System.out);
        try (offer) {
            offer.answerForGood();
        }
    }

    /** Listens, and announces that. */
    static OfferAnEcho start(Path folder, List<String> bootstrap, PrintStream out) throws IOException, CairnException {
        ServerSocket server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        Node node = LocalNode.start(NodeConfig.builder(folder)
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .bootstrap(bootstrap)
                .network("public")
                .lan(false)
                .build());
        String endpoint = "tcp://127.0.0.1:" + server.getLocalPort();
        Service service = new Service("echo-1", List.of(CAPABILITY), endpoint, Map.of("charset", "UTF-8"));
        Announced announced = node.services()
                .announce(new Announcement(service, Services.TTL_SECONDS, false))
                .join();
        out.println("node      127.0.0.1:" + node.info().port());
        out.println("announced " + announced.service().endpoint());
        return new OfferAnEcho(server, node);
    }

    int port() {
        return node.info().port();
    }

    private void answerForGood() throws IOException {
        while (!server.isClosed()) {
            try {
                answerOne();
            } catch (SocketTimeoutException | SocketException callerGone) {
                System.err.println("no answer given: " + callerGone.getMessage());
            }
        }
    }

    /** Accepts the next connection and sends one line back. */
    void answerOne() throws IOException {
        try (Socket caller = server.accept();
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.UTF_8))) {
            caller.setSoTimeout(10_000);
            String line = lines.readLine();
            caller.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Withdraws the announcement, so that nobody finds it any more. */
    @Override
    public void close() throws IOException {
        try (server;
                node) {
            Announced unused = node.services().withdraw("echo-1").join();
        }
    }
}
