package io.cairn.samples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import io.cairn.app.FetchEvent;
import io.cairn.app.Node;
import io.cairn.app.Subscription;
import io.cairn.app.json.ErrorJson;
import io.cairn.app.json.FetchEventJson;
import io.cairn.app.json.JsonObject;
import io.cairn.app.json.ShareJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Shares and fetches of a node over HTTP: {@code GET /shares} is an array, {@code GET /fetches/HASH/events} one JSON object a line until
 * the fetch ends. An example to copy, not a service: it listens on loopback but has no authentication, so every program, user and open
 * web page on this machine can read the answers.
 */
public final class ServeOverHttp implements AutoCloseable {
    static final int REQUESTS_AT_ONCE_MAX = 16;
    private static final int EVENTS_WAITING_MAX = 256;

    private final Node node;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(REQUESTS_AT_ONCE_MAX);

    /** @param port on loopback; 0 picks a free one */
    public ServeOverHttp(Node node, int port) throws IOException {
        this.node = node;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().toString().split("/", 5);
        try {
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(405, -1);
            } else if (path.length == 2 && path[1].equals("shares")) {
                var shares = node.shares().stream().map(ShareJson::of).map(ServeOverHttp::text);
                send(exchange, 200, shares.collect(Collectors.joining(",", "[", "]")));
            } else if (path.length == 4 && path[1].equals("fetches") && path[3].equals("events")) {
                follow(exchange, fetch(path[2]));
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        } catch (CairnException unknown) {
            send(
                    exchange,
                    404,
                    text(ErrorJson.of(
                            unknown, unknown.kind().exitCode(), String.valueOf(unknown.getMessage()), unknown.next())));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private Fetch fetch(String hashOrName) throws CairnException {
        var hash = node.resolve(hashOrName).hash();
        return node.fetches().stream()
                .filter(fetch -> fetch.hash().equals(hash))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new CairnException(
                        CairnException.Kind.USAGE, "no fetch of " + hash, "none has begun", "fetch it first"));
    }

    /** The node's thread never waits for the client: a client that reads too slowly misses the oldest events. */
    private static void follow(HttpExchange exchange, Fetch fetch) throws IOException, InterruptedException {
        BlockingQueue<FetchEvent> events = new ArrayBlockingQueue<>(EVENTS_WAITING_MAX);
        exchange.sendResponseHeaders(200, 0);
        Subscription subscription = fetch.events(event -> {
            while (!events.offer(event)) {
                events.poll();
            }
        });
        try {
            for (boolean ended = false; !ended; ) {
                FetchEvent event = events.poll(1, TimeUnit.SECONDS);
                ended = event == null ? fetch.completion().isDone() : event.isLast();
                // Only a write shows whether the client has gone: nothing new is an empty line.
                String line = event == null ? "" : text(FetchEventJson.of(fetch.hash(), event));
                exchange.getResponseBody().write((line + "\n").getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
            }
        } finally {
            subscription.close();
        }
    }

    private static String text(JsonObject object) {
        return new String(object.line(), StandardCharsets.UTF_8).strip();
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
