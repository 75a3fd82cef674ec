package io.cairn.control.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Fetch;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchState;
import io.cairn.app.FetchTarget;
import io.cairn.app.Node;
import io.cairn.app.NodeGoneException;
import io.cairn.app.Operation;
import io.cairn.app.Reason;
import io.cairn.app.json.NodeJson;
import io.cairn.control.http.ProcessStatus;
import io.cairn.dht.Provider;
import io.cairn.dht.SearchReport;
import io.cairn.dht.crypto.PublicKey;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a remote node does when the node at the other end ends, hangs up, or sends what no node sends. */
class ARemoteNodeEndsCleanlyTest {
    private static final int DEADLINE_SECONDS = 60;
    private static final byte[] OPEN = {};
    private static final Key HASH = Key.ofContent(new byte[] {1});
    private static final String STATUS = "GET /v1/status";
    private static final String SHARES = "GET /v1/shares";
    private static final String FIND = "GET /v1/providers/" + HASH;

    private static final String FAILURE = "\"kind\":\"stalled\",\"what\":\"cannot fetch\",\"why\":\"nothing came\","
            + "\"next\":\"wait\",\"reason\":\"see_next\",\"facts\":{}";
    private static final String FETCH = "\"hash\":\"" + HASH + "\",\"name\":\"film\",\"state\":\"lookup\","
            + "\"verifiedBytes\":0,\"totalBytes\":9,\"chunks\":0,\"chunkCount\":0,\"peerCount\":0,"
            + "\"bytesPerSecond\":0,\"path\":\"/x\",\"options\":{\"target\":\"" + HASH + "\",\"name\":\"film\","
            + "\"size\":9,\"peers\":[],\"path\":\"/x\"}";

    @TempDir
    Path folder;

    private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private ScriptedNode script;
    private RemoteNode node;

    @BeforeEach
    void connect() throws Exception {
        PublicKey key = PublicKey.of(new byte[PublicKey.LENGTH_BYTES]);
        Node.NodeInfo info = new Node.NodeInfo(
                "1", key.nodeId(), key, 4747, List.of(), "public", true, List.of(), List.of(), null, folder);
        answers.put(STATUS, status(7));
        answers.put(
                "GET /v1/node", ScriptedNode.json(new String(NodeJson.of(info).line(), StandardCharsets.UTF_8)));
        answers.put(SHARES, ScriptedNode.json("[]"));
        script = new ScriptedNode(
                folder.resolve("control.sock"),
                request -> refused.contains(request) ? null : answers.getOrDefault(request, OPEN));
        node = RemoteNode.connect(folder.resolve("control.sock"));
        assertThat(node.info()).isEqualTo(info);
    }

    @AfterEach
    void close() throws IOException {
        node.close();
        script.close();
    }

    @Test
    void noNodeAnswers() {
        assertThatThrownBy(() -> RemoteNode.connect(folder.resolve("nothing.sock")))
                .isInstanceOfSatisfying(
                        CairnException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.NODE_GONE));
    }

    @Test
    void everythingFailsWhenTheProcessEnds() throws Exception {
        CompletableFuture<Integer> joined = node.joined();
        Operation<Provider, SearchReport> search = node.find(HASH);
        Fetch fetch = node.fetch(FetchOptions.into(new FetchTarget(HASH, "film", 9, List.of()), folder)
                .build());
        awaitRequests("GET /v1/node/joined", FIND, "POST /v1/fetches");
        script.close();
        assertThat(failure(joined).reason()).isEqualTo(Reason.NODE_GONE);
        assertThat(failure(search.completion()).kind()).isEqualTo(Kind.OTHER);
        assertThat(failure(fetch.completion()).reason()).isEqualTo(Reason.NODE_GONE);
        assertThat(failure(fetch.pause()).reason()).isEqualTo(Reason.NODE_GONE);
        assertThat(fetch.status().state()).isEqualTo(FetchState.FAILED);
        assertThat(node.gone()).succeedsWithin(DEADLINE_SECONDS, SECONDS);
        assertThat(failure(node.unshare(HASH)).reason()).isEqualTo(Reason.NODE_GONE);
        assertThatThrownBy(() -> node.shares()).isInstanceOf(NodeGoneException.class);
        assertThatThrownBy(() -> node.resolve("film"))
                .isInstanceOfSatisfying(
                        CairnException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.NODE_GONE));
    }

    @Test
    void theEndOfTheProcessIsNoticedWhileNothingIsAsked() throws Exception {
        script.close();
        assertThat(node.gone()).succeedsWithin(DEADLINE_SECONDS, SECONDS);
    }

    @Test
    void anIdleConnectionMayBeClosedByTheNode() throws Exception {
        script.requests().clear();
        script.closeConnections();
        assertThat(script.requests().poll(DEADLINE_SECONDS, SECONDS)).isEqualTo(STATUS);
        assertThat(node.shares()).isEmpty();
        assertThat(node.gone()).isNotDone();
    }

    @Test
    void aRefusedConnectionIsNotTheEndOfTheNode() throws Exception {
        refused.add("GET /v1/node/joined");
        assertThat(failure(node.joined())).hasMessage("the node closed the connection");
        assertThat(node.shares()).isEmpty();
        assertThat(node.gone()).isNotDone();
    }

    @Test
    void aProcessThatDoesNotAnswerIsGone() throws Exception {
        answers.put(STATUS, OPEN);
        script.closeConnections();
        assertThat(node.gone()).succeedsWithin(DEADLINE_SECONDS, SECONDS);
        assertThat(failure(node.joined()).reason()).isEqualTo(Reason.NODE_GONE);
    }

    @Test
    void anotherProcessInItsPlaceIsAnotherNode() throws Exception {
        answers.put(STATUS, status(8));
        script.closeConnections();
        assertThat(node.gone()).succeedsWithin(DEADLINE_SECONDS, SECONDS);
        assertThatThrownBy(() -> node.shares()).isInstanceOf(NodeGoneException.class);
    }

    @Test
    void whatIsCancelledClosesItsConnection() throws Exception {
        Operation<Provider, SearchReport> search = node.find(HASH);
        CompletableFuture<Integer> joined = node.joined();
        awaitRequests(FIND, "GET /v1/node/joined");
        search.completion().cancel(true);
        assertThat(script.closed().poll(DEADLINE_SECONDS, SECONDS)).isEqualTo(FIND);
        joined.cancel(true);
        assertThat(script.closed().poll(DEADLINE_SECONDS, SECONDS)).isEqualTo("GET /v1/node/joined");
        assertThat(node.shares()).isEmpty();
        assertThat(node.gone()).isNotDone();
    }

    @Test
    void closingOnlyDisconnects() throws Exception {
        CompletableFuture<Integer> joined = node.joined();
        awaitRequests("GET /v1/node/joined");
        Node.NodeInfo info = node.info();
        node.close();
        assertThat(failure(joined).kind()).isEqualTo(Kind.INTERRUPTED);
        assertThat(node.info()).isEqualTo(info);
        assertThat(node.gone()).isNotDone();
        assertThatThrownBy(() -> node.statistics()).isInstanceOf(NodeGoneException.class);
        try (RemoteNode next = RemoteNode.connect(folder.resolve("control.sock"))) {
            assertThat(next.info()).isEqualTo(info);
        }
    }

    @Test
    void aFailureOfTheNodeArrivesAsItIs() throws Exception {
        answers.put(
                "DELETE /v1/shares/" + HASH,
                ScriptedNode.json(
                        404,
                        "{\"type\":\"error\",\"code\":1,\"kind\":\"other\",\"what\":\"cannot unshare\",\"why\":\"it is"
                                + " not shared\",\"next\":\"list them\",\"reason\":\"list_the_shares\","
                                + "\"facts\":{\"hash\":\"x\",\"port\":4747}}"));
        CairnException failure = failure(node.unshare(HASH));
        assertThat(failure).hasMessage("cannot unshare");
        assertThat(failure.why()).isEqualTo("it is not shared");
        assertThat(failure.advice())
                .isEqualTo(Reason.LIST_THE_SHARES
                        .says("list them")
                        .and("hash", "x")
                        .and("port", 4747));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\nnothing",
                "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n[\"no\"]",
                "HTTP/1.1 200 OK\r\ncontent-length: 33554433\r\n\r\n",
                "HTTP/1.1 500 x\r\ncontent-length: 0\r\n\r\n"
            })
    void whatNoNodeSendsIsAFailure(String answer) {
        String padding = answer.contains("33554433") ? " ".repeat((32 << 20) + 1) : "";
        answers.put("POST /v1/fetches/unfinished", (answer + padding).getBytes(StandardCharsets.UTF_8));
        assertThat(failure(node.takeUpFetches()).reason()).isEqualTo(Reason.REPORT_THE_FAULT);
        assertThat(node.shares()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "[]", "{}", "{\"type\":\"provider\"}", "{\"type\":\"phase\",\"hash\":\"x\"}"})
    void aLineThatNoNodeSendsIsAFailure(String line) {
        answers.put(FIND, ScriptedNode.lines(line));
        assertThat(failure(node.find(HASH).completion()).reason()).isEqualTo(Reason.REPORT_THE_FAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 403 x", "HTTP/1.1 200 OK"})
    void linesWithoutAResultAreAFailure(String head) {
        answers.put(FIND, (head + "\r\ncontent-length: 0\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        assertThat(failure(node.find(HASH).completion()).reason()).isEqualTo(Reason.REPORT_THE_FAULT);
    }

    @Test
    void aLineIsBounded() {
        answers.put(FIND, ScriptedNode.lines("x".repeat(LinesExchange.LINE_BYTES_MAX + 1)));
        assertThat(failure(node.find(HASH).completion()).why()).contains("longer than 16777216 bytes");
    }

    @Test
    void aListenerMayAskTheNode() throws Exception {
        answers.put(
                "GET /v1/notices",
                ScriptedNode.lines("{\"type\":\"clock\",\"address\":\"10.0.0.1\",\"aheadMillis\":5}"));
        BlockingQueue<Integer> shares = new LinkedBlockingQueue<>();
        node.onNotice(notice -> shares.add(node.shares().size()));
        assertThat(shares.poll(DEADLINE_SECONDS, SECONDS)).isZero();
    }

    @Test
    void eventsArriveInOrderAndBeforeTheEnd() throws Exception {
        int count = 2_000;
        String id = "{\"type\":\"fetch\",\"id\":5," + FETCH + "}";
        answers.put("POST /v1/fetches", ScriptedNode.json(201, id));
        answers.put(
                "GET /v1/fetches/5/events",
                ScriptedNode.lines(IntStream.rangeClosed(1, count)
                        .mapToObj(chunks -> chunks < count
                                ? "{\"type\":\"phase\",\"phase\":\"placing\",\"chunks\":" + chunks + "}"
                                : "{\"type\":\"phase\",\"phase\":\"failed\"," + FAILURE + "}")
                        .toArray(String[]::new)));
        Fetch fetch = node.fetch(FetchOptions.into(new FetchTarget(HASH, "film", 9, List.of()), folder)
                .build());
        BlockingQueue<FetchEvent> heard = new LinkedBlockingQueue<>();
        fetch.events(heard::add);
        assertThat(failure(fetch.completion()).kind()).isEqualTo(Kind.STALLED);
        assertThat(heard).last().isInstanceOf(FetchEvent.Failed.class);
        List<Integer> chunks = heard.stream()
                .filter(FetchEvent.Placing.class::isInstance)
                .map(event -> ((FetchEvent.Placing) event).chunks())
                .toList();
        assertThat(chunks).isSorted().endsWith(count - 1);
    }

    private static byte[] status(long pid) {
        NodeId id = NodeId.of(new byte[NodeId.LENGTH_BYTES]);
        ProcessStatus process = new ProcessStatus(id, 4747, pid, "1", "daemon", 5);
        return ScriptedNode.json(new String(process.json().line(), StandardCharsets.UTF_8));
    }

    private void awaitRequests(String... wanted) throws InterruptedException {
        List<String> missing = new ArrayList<>(List.of(wanted));
        while (!missing.isEmpty()) {
            String request = script.requests().poll(DEADLINE_SECONDS, SECONDS);
            assertThat(request).as("requests %s", missing).isNotNull();
            missing.remove(request);
        }
    }

    private static CairnException failure(CompletableFuture<?> failing) {
        Throwable cause = assertThat(failing)
                .failsWithin(DEADLINE_SECONDS, SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .actual()
                .getCause();
        assertThat(cause).isInstanceOf(CairnException.class);
        return (CairnException) cause;
    }
}
