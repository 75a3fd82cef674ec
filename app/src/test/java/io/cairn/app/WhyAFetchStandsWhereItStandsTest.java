package io.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cairn.app.node.LocalNode;
import io.cairn.app.node.StoredNode;
import io.cairn.app.why.StoredWhys;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.transfer.store.state.StateDatabase;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhyAFetchStandsWhereItStandsTest {
    private static final int DEADLINE_SECONDS = 90;
    private static final FetchOptions.Timeouts SOON = new FetchOptions.Timeouts(1, 1);

    @TempDir
    Path folder;

    @Test
    void aFetchThatFailedIsExplainedNowAfterARestartAndWithoutANode() throws Exception {
        Why told;
        Endpoint nobody = Endpoint.parse("127.0.0.1:" + freePort());
        try (Node node = start("a")) {
            assertThat(node.fetch(options("file", nobody)).completion())
                    .failsWithin(DEADLINE_SECONDS, TimeUnit.SECONDS)
                    .withThrowableOfType(ExecutionException.class);
            told = why(node, hash());
        }
        assertThat(told.state()).isEqualTo(FetchState.FAILED);
        assertThat(told.cause()).contains("only addresses that are this machine's own");
        assertThat(told.next().reason()).isEqualTo(Reason.CONNECT_THE_MACHINES);
        assertThat(told.dials()).isNotEmpty().allSatisfy(dial -> {
            assertThat(dial.address()).isEqualTo(nobody);
            assertThat(dial.origin()).isEqualTo(Why.Origin.LINK);
            assertThat(dial.end()).isEqualTo(Why.DialEnd.REFUSED);
        });
        assertThat(StoredWhys.find(folder.resolve("a"), hash().toHex())).contains(told);
        try (Node again = start("a")) {
            assertThat(why(again, hash())).isEqualTo(told);
        }
    }

    @Test
    void aRunningFetchTellsWhatStandsInItsWayOnce() throws Exception {
        try (Node node = start("i")) {
            FetchTarget target = new FetchTarget(hash(), "", -1, List.of(Endpoint.parse("127.0.0.1:" + freePort())));
            Fetch fetch =
                    node.fetch(FetchOptions.to(target, folder.resolve("file")).build());
            List<FetchEvent.Obstacle> told = new CopyOnWriteArrayList<>();
            fetch.events(event -> {
                if (event instanceof FetchEvent.Obstacle obstacle) {
                    told.add(obstacle);
                }
            });
            assertThat(until(fetch, FetchEvent.Obstacle.class)).isTrue();
            fetch.stop();
            assertThat(fetch.completion()).failsWithin(DEADLINE_SECONDS, TimeUnit.SECONDS);
            assertThat(told).singleElement().satisfies(obstacle -> {
                assertThat(obstacle.why()).contains("only addresses that are this machine's own");
                assertThat(obstacle.next().facts()).containsEntry("hash", hash().toHex());
            });
        }
    }

    @Test
    void aFetchThatWaitsAndOneThatIsPausedSaySo() throws Exception {
        try (Node node = start("b")) {
            Fetch fetch = node.fetch(
                    options("file", Endpoint.parse("127.0.0.1:" + freePort())).withRetries());
            assertThat(until(fetch, FetchEvent.RetriedLater.class)).isTrue();
            Why waiting = why(node, hash());
            assertThat(waiting.state()).isEqualTo(FetchState.WAITING);
            assertThat(waiting.dials()).isNotEmpty();

            fetch.pause().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            Why paused = why(node, hash());
            assertThat(paused.state()).isEqualTo(FetchState.PAUSED);
            assertThat(paused.next().reason()).isEqualTo(Reason.RESUME_THE_FETCH);
            assertThat(paused.dials()).hasSameSizeAs(waiting.dials());

            fetch.cancel().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            assertThat(why(node, hash()).next().reason()).isEqualTo(Reason.FETCH_AGAIN);
        }
        assertThat(StoredWhys.find(folder.resolve("b"), hash().toHex()))
                .hasValueSatisfying(why -> assertThat(why.state()).isEqualTo(FetchState.CANCELLED));
    }

    @Test
    void aFetchThatIsStoppedBeforeAnythingCameAndThenCancelledIsNotResumed() throws Exception {
        try (Node node = start("g")) {
            Fetch fetch = node.fetch(FetchOptions.to(new FetchTarget(hash(), "", -1, List.of()), folder.resolve("file"))
                    .build());
            assertThat(until(fetch, FetchEvent.Lookup.class)).isTrue();
            fetch.stop();
            assertThat(fetch.completion()).failsWithin(DEADLINE_SECONDS, TimeUnit.SECONDS);
            assertThat(why(node, hash()).next().reason()).isEqualTo(Reason.RESUME_THE_FETCH);

            fetch.cancel().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            assertThat(why(node, hash()).state()).isEqualTo(FetchState.CANCELLED);
            assertThat(why(node, hash()).next().reason()).isEqualTo(Reason.FETCH_AGAIN);
        }
    }

    @Test
    void anAnswerThatCannotBeReadIsNone() throws Exception {
        Files.createDirectory(folder.resolve("h"));
        Path database = folder.resolve("h").resolve(StateDatabase.FILE_NAME);
        try (StateDatabase state = StateDatabase.open(database)) {
            state.fetchWhys().put(hash(), 1, "{");
            state.fetchWhys().put(Key.ofContent(new byte[] {2}), 2, "{\"type\":\"why\"}");
        }
        assertThat(StoredWhys.find(folder.resolve("h"), hash().toHex())).isEmpty();
        try (Node node = start("h")) {
            Path taken = Files.writeString(folder.resolve("taken"), "something");
            FetchOptions options = options(taken.getFileName().toString(), Endpoint.parse("127.0.0.1:" + freePort()));
            assertThat(node.fetch(options).completion())
                    .failsWithin(DEADLINE_SECONDS, TimeUnit.SECONDS)
                    .withThrowableOfType(ExecutionException.class)
                    .havingCause()
                    .asInstanceOf(InstanceOfAssertFactories.type(CairnException.class))
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(CairnException.Kind.EXISTS));
            assertThat(why(node, hash()).state()).isEqualTo(FetchState.FAILED);
        }
        assertThat(StoredWhys.find(folder.resolve("h"), hash().toHex())).isPresent();
    }

    @Test
    void aFetchThatCannotBeginIsExplainedToo() throws Exception {
        Path target = Files.writeString(folder.resolve("taken"), "something");
        try (Node node = start("c")) {
            FetchOptions into = FetchOptions.to(new FetchTarget(hash(), "", -1, List.of()), target.resolve("below"))
                    .timeouts(SOON)
                    .build();
            assertThat(node.fetch(into).completion())
                    .failsWithin(DEADLINE_SECONDS, TimeUnit.SECONDS)
                    .withThrowableOfType(ExecutionException.class);
            assertThat(why(node, hash()).state()).isEqualTo(FetchState.FAILED);
            assertThat(why(node, hash()).cause()).contains("taken");
        }
    }

    @Test
    void aHashThatWasNeverFetchedIsLookedUpAndNobodyIsDialled() throws Exception {
        try (Node node = start("d")) {
            Why why = why(node, hash());
            assertThat(why.state()).isNull();
            assertThat(why.cause()).startsWith("it was never fetched here");
            assertThat(why.dials()).isEmpty();
        }
        assertThat(StoredWhys.find(folder.resolve("d"), hash().toHex())).isEmpty();
    }

    @Test
    void aFetchOfAShareBetweenTwoNodesEndsWithWhatEachGave() throws Exception {
        Path file = Files.write(folder.resolve("shared"), new byte[600_000]);
        try (Node sharing = start("e");
                Node fetching = start("f")) {
            Key hash = sharing.share(file)
                    .completion()
                    .get(DEADLINE_SECONDS, TimeUnit.SECONDS)
                    .share()
                    .hash();
            assertThat(why(sharing, hash).cause()).isEqualTo("this node shares it itself");
            Endpoint there = Endpoint.parse("127.0.0.1:" + sharing.info().port());
            fetching.fetch(FetchOptions.to(new FetchTarget(hash, "", -1, List.of(there)), folder.resolve("copy"))
                            .build())
                    .completion()
                    .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            Why done = why(fetching, hash);
            assertThat(done.state()).isEqualTo(FetchState.DONE);
            assertThat(done.cause()).isEqualTo("it is complete");
            assertThat(done.next().reason()).isEqualTo(Reason.NOTHING_TO_DO);
            assertThat(done.missing().chunks()).isZero();
            assertThat(done.peers()).singleElement().satisfies(peer -> {
                assertThat(peer.node()).isEqualTo(sharing.info().node());
                assertThat(peer.delivered()).isPositive();
            });
            assertThat(fetching.fetches())
                    .singleElement()
                    .satisfies(fetch -> assertThat(fetch.status().state()).isEqualTo(FetchState.DONE));
            assertThat(done.dials()).anySatisfy(dial -> {
                assertThat(dial.address()).isEqualTo(there);
                assertThat(dial.end()).isEqualTo(Why.DialEnd.CONNECTED);
            });
        }
    }

    @Test
    void whatEndedIsListedWithoutANodeUnlessItWasCancelled() throws Exception {
        Path file = Files.write(folder.resolve("shared"), new byte[600_000]);
        Key done;
        try (Node sharing = start("j");
                Node fetching = start("k")) {
            done = sharing.share(file)
                    .completion()
                    .get(DEADLINE_SECONDS, TimeUnit.SECONDS)
                    .share()
                    .hash();
            Endpoint there = Endpoint.parse("127.0.0.1:" + sharing.info().port());
            fetching.fetch(FetchOptions.to(new FetchTarget(done, "", -1, List.of(there)), folder.resolve("copy"))
                            .build())
                    .completion()
                    .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            Fetch failing = fetching.fetch(options("nothing", Endpoint.parse("127.0.0.1:" + freePort())));
            assertThat(failing.completion()).failsWithin(DEADLINE_SECONDS, TimeUnit.SECONDS);
        }
        assertThat(StoredNode.fetches(folder.resolve("k")))
                .extractingFromEntries(
                        one -> one.getKey().target().hash(),
                        one -> one.getValue().state())
                .containsExactly(tuple(done, FetchState.DONE), tuple(hash(), FetchState.FAILED));
        assertThat(StoredNode.fetches(folder.resolve("k")).values().iterator().next())
                .satisfies(status -> {
                    assertThat(status.name()).isEqualTo("shared");
                    assertThat(status.verifiedBytes()).isEqualTo(600_000);
                    assertThat(status.target()).isEqualTo(folder.resolve("copy"));
                });

        try (Node again = start("k")) {
            Fetch failing = again.fetch(options("nothing", Endpoint.parse("127.0.0.1:" + freePort())));
            assertThat(failing.completion()).failsWithin(DEADLINE_SECONDS, TimeUnit.SECONDS);
            again.fetches().get(0).cancel().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        }
        assertThat(StoredNode.fetches(folder.resolve("k")).keySet())
                .extracting(options -> options.target().hash())
                .containsExactly(done);
    }

    private static boolean until(Fetch fetch, Class<? extends FetchEvent> kind) throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        fetch.events(event -> {
            if (kind.isInstance(event)) {
                heard.countDown();
            }
        });
        return heard.await(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    private static Why why(Node node, Key hash) throws Exception {
        return node.why(hash).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    private FetchOptions options(String target, Endpoint hint) {
        return FetchOptions.to(new FetchTarget(hash(), "", -1, List.of(hint)), folder.resolve(target))
                .timeouts(SOON)
                .build();
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Key hash() {
        return Key.ofContent(new byte[] {1});
    }

    private Node start(String name) throws CairnException {
        return LocalNode.start(NodeConfig.builder(folder.resolve(name))
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .network("test")
                .lan(false)
                .build());
    }
}
