package io.cairn.control.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Node;
import io.cairn.app.Node.Notice;
import io.cairn.app.Subscription;
import io.cairn.app.json.JsonTree;
import io.cairn.control.http.ProcessStatus;
import io.cairn.control.server.route.Router;
import io.cairn.control.server.wire.HttpListeners;
import io.cairn.control.server.wire.ServerTransport;
import io.cairn.dht.id.NodeId;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listeners that do not read, that go, and that are many. */
class ListenersAreBoundedTest {
    private static final int DEADLINE_SECONDS = 20;

    @TempDir
    Path folder;

    private final Set<Consumer<? super Notice>> listeners = ConcurrentHashMap.newKeySet();
    private final Semaphore came = new Semaphore(0);
    private final Semaphore went = new Semaphore(0);
    private HttpListeners server;

    @BeforeEach
    void listen() throws Exception {
        ProcessStatus status = new ProcessStatus(NodeId.of(new byte[20]), 1, 1, "0.1.0", "daemon", 1);
        server = new HttpListeners(Router.of(node(), status, () -> {}), ServerTransport.best());
        server.unix(folder, null);
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** What waits for it is bounded, and what it misses is counted at the place where it is missing. */
    @Test
    void oneThatDoesNotReadLosesEventsWithACount() throws Exception {
        int count = 200_000;
        try (RawClient deaf = follow();
                RawClient keen = follow()) {
            int heard = 0;
            for (int at = 0; at < count; at++) {
                tell(at);
                if (at % 500 == 499) { // the keen one reads while the deaf one does not
                    for (; heard <= at; heard++) {
                        assertThat(JsonTree.object(keenLine(keen)).number("aheadMillis"))
                                .isEqualTo(heard);
                    }
                }
            }
            List<JsonTree> lines = new ArrayList<>();
            long last = -1;
            long lost = 0;
            while (last + lost < count && last != count) {
                for (String line : deaf.chunk().split("\n", -1)) {
                    if (!line.isEmpty()) {
                        JsonTree json = JsonTree.object(line.getBytes(StandardCharsets.UTF_8));
                        lines.add(json);
                        if (json.type().equals("lost")) {
                            lost += json.number("count");
                        } else {
                            assertThat(json.number("aheadMillis")).isEqualTo(lines.size() - 1L - losses(lines) + lost);
                        }
                    }
                }
                last = lines.size() - losses(lines);
            }
            assertThat(lost).isGreaterThan(count / 2);
            assertThat(last + lost).isEqualTo(count);
        }
    }

    @Test
    void twoHundredAreServedAndForgottenWhenTheyGo() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        for (int at = 0; at < 200; at++) {
            clients.add(follow());
        }
        for (int at = 0; at < 10; at++) {
            tell(at);
        }
        for (RawClient client : clients) {
            StringBuilder heard = new StringBuilder();
            while (heard.toString().lines().count() < 10) {
                heard.append(client.chunk());
            }
            assertThat(heard.toString().lines()).hasSize(10);
        }
        try (RawClient another = RawClient.of(server.socket())) {
            assertThat(another.get("/v1/status").answer().code()).isEqualTo(200);
        }
        for (RawClient client : clients) {
            client.close();
        }
        assertThat(went.tryAcquire(200, DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(listeners).isEmpty();
    }

    @Test
    void moreConnectionsThanThereMayBeAreClosed() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        for (int at = 0; at < 256; at++) {
            clients.add(RawClient.of(server.socket()));
            assertThat(clients.get(at).get("/v1/status").answer().code()).isEqualTo(200);
        }
        try (RawClient tooMany = RawClient.of(server.socket())) {
            assertThat(tooMany.isClosed()).isTrue();
        }
        for (RawClient client : clients) {
            client.close();
        }
    }

    @Test
    void closingEndsAllStreams() throws Exception {
        try (RawClient one = follow();
                RawClient two = follow()) {
            server.close();
            assertThat(one.isClosed()).isTrue();
            assertThat(two.isClosed()).isTrue();
            assertThat(listeners).isEmpty();
        }
    }

    private static long losses(List<JsonTree> lines) {
        return lines.stream().filter(line -> line.type().equals("lost")).count();
    }

    private byte[] keenLine(RawClient keen) throws Exception {
        while (heard.isEmpty()) {
            keen.chunk().lines().forEach(heard::add);
        }
        return heard.remove().getBytes(StandardCharsets.UTF_8);
    }

    private final Queue<String> heard = new ArrayDeque<>();

    private RawClient follow() throws Exception {
        RawClient client = RawClient.of(server.socket());
        assertThat(client.get("/v1/notices").head().code()).isEqualTo(200);
        assertThat(came.tryAcquire(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return client;
    }

    private void tell(int number) {
        Notice notice = new Notice.ClockDiffers(InetAddress.getLoopbackAddress(), number);
        listeners.forEach(listener -> listener.accept(notice));
    }

    /** A node that has nothing but notices. */
    private Node node() {
        return (Node) Proxy.newProxyInstance(
                Node.class.getClassLoader(), new Class<?>[] {Node.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("onNotice")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    @SuppressWarnings("unchecked")
                    Consumer<? super Notice> listener = (Consumer<? super Notice>) arguments[0];
                    listeners.add(listener);
                    came.release();
                    Subscription subscription = () -> {
                        if (listeners.remove(listener)) {
                            went.release();
                        }
                    };
                    return subscription;
                });
    }
}
