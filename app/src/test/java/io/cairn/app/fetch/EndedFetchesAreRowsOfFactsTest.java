package io.cairn.app.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchState;
import io.cairn.app.FetchTarget;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.app.fetch.run.EndedFetch;
import io.cairn.app.node.LocalNode;
import io.cairn.dht.id.Key;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndedFetchesAreRowsOfFactsTest {
    private static final int DEADLINE_SECONDS = 60;

    @TempDir
    Path folder;

    private Node node;

    @BeforeEach
    void start() throws CairnException {
        node = LocalNode.start(NodeConfig.builder(folder.resolve("data"))
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .network("test")
                .lan(false)
                .build());
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aFetchThatIsDoneIsARow() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "content");
        Key hash = node.share(file)
                .completion()
                .get(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .share()
                .hash();
        Fetch fetch = node.fetch(FetchOptions.to(new FetchTarget(hash, "", -1, List.of()), folder.resolve("copy"))
                .build());
        fetch.completion().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        assertThat(node.fetches())
                .singleElement()
                .isInstanceOf(EndedFetch.class)
                .satisfies(row -> {
                    assertThat(row.status().state()).isEqualTo(FetchState.DONE);
                    assertThat(row.completion()).isCompleted();
                    assertThat(row.cancel()).isCompletedExceptionally();
                });
    }

    @Test
    void onlySoManyAreRemembered() throws Exception {
        for (int number = 0; number < EndedFetches.MAX + 20; number++) {
            assertThat(refused(hash(number), "file" + number).completion())
                    .failsWithin(DEADLINE_SECONDS, TimeUnit.SECONDS);
        }
        assertThat(node.fetches()).hasSize(EndedFetches.MAX);
        assertThat(node.fetches().get(EndedFetches.MAX - 1).hash()).isEqualTo(hash(EndedFetches.MAX + 19));
    }

    @Test
    void aRefusedFetchLeavesAPausedOneToTheSameTargetAlone() throws Exception {
        Fetch paused = node.fetch(options(hash(1), "file", List.of()));
        assertThat(paused.pause().get(DEADLINE_SECONDS, TimeUnit.SECONDS).state())
                .isEqualTo(FetchState.PAUSED);
        Fetch refused = refused(hash(1), "file");
        assertThat(refused.completion()).failsWithin(DEADLINE_SECONDS, TimeUnit.SECONDS);
        assertThat(node.fetches())
                .extracting(fetch -> fetch.status().state())
                .containsExactly(FetchState.PAUSED, FetchState.FAILED);
        assertThat(node.fetches()
                        .get(1)
                        .cancel()
                        .get(DEADLINE_SECONDS, TimeUnit.SECONDS)
                        .state())
                .isEqualTo(FetchState.CANCELLED);
        assertThat(node.fetches()).singleElement().isEqualTo(paused);
        assertThat(paused.resume().get(DEADLINE_SECONDS, TimeUnit.SECONDS).state())
                .isNotEqualTo(FetchState.PAUSED);
    }

    @Test
    void whatWasJustBegunIsKnownToTheNextQuestion() throws Exception {
        for (int round = 0; round < 50; round++) {
            assertThat(refused(hash(1), "file").completion()).failsWithin(DEADLINE_SECONDS, TimeUnit.SECONDS);
            Fetch begun = node.fetch(options(hash(1), "file", List.of()));
            assertThat(node.fetches()).contains(begun);
            assertThat(begun.cancel().get(DEADLINE_SECONDS, TimeUnit.SECONDS).state())
                    .isEqualTo(FetchState.CANCELLED);
            assertThat(begun.completion()).isCompletedExceptionally();
            assertThat(node.fetches()).doesNotContain(begun);
        }
    }

    @Test
    void pausedWhileItIsCheckedItStaysPausedOverARestart() throws Exception {
        Fetch begun = node.fetch(options(hash(1), "file", List.of()));
        begun.pause().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        node.close();
        start();
        assertThat(node.takeUpFetches().get(DEADLINE_SECONDS, TimeUnit.SECONDS))
                .singleElement()
                .satisfies(fetch -> assertThat(fetch.status().state()).isEqualTo(FetchState.PAUSED));
    }

    /** A refused fetch: part of a share cannot be shared. */
    private Fetch refused(Key hash, String name) {
        return node.fetch(options(hash, name, true, List.of("part")));
    }

    private FetchOptions options(Key hash, String name, List<String> only) {
        return options(hash, name, false, only);
    }

    private FetchOptions options(Key hash, String name, boolean keepSharing, List<String> only) {
        FetchTarget target = new FetchTarget(hash, "", -1, List.of());
        return FetchOptions.to(target, folder.resolve(name))
                .keepSharing(keepSharing)
                .only(only)
                .build();
    }

    private static Key hash(int number) {
        return Key.ofContent(new byte[] {(byte) number});
    }
}
