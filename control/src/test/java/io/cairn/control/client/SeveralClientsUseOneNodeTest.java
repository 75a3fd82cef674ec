package io.cairn.control.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Fetch;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchState;
import io.cairn.app.FetchTarget;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.app.node.LocalNode;
import io.cairn.control.http.ProcessStatus;
import io.cairn.control.server.ControlServer;
import io.cairn.dht.id.Key;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one terminal begins, another one sees. */
class SeveralClientsUseOneNodeTest {
    private static final int DEADLINE_SECONDS = 60;
    private static final Key UNKNOWN = Key.ofContent(new byte[] {1});

    @TempDir
    Path folder;

    private Node local;
    private ControlServer server;
    private RemoteNode first;
    private RemoteNode second;

    @BeforeEach
    void start() throws Exception {
        local = LocalNode.start(NodeConfig.builder(folder.resolve("node"))
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .network("several")
                .lan(false)
                .build());
        server = ControlServer.open(local, ProcessStatus.ofThis(local.info(), "daemon"), () -> {});
        first = RemoteNode.connect(server.socket());
        second = RemoteNode.connect(server.socket());
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
        server.close();
        local.close();
    }

    @Test
    void aFetchIsFollowedAndChangedFromAnotherTerminal() throws Exception {
        FetchOptions options = FetchOptions.to(new FetchTarget(UNKNOWN, "film", 9, List.of()), folder.resolve("copy"))
                .retried(true)
                .sequential(true)
                .build();
        Fetch begun = first.fetch(options);
        assertThat(begun.pause()).succeedsWithin(DEADLINE_SECONDS, TimeUnit.SECONDS);
        Fetch listed = second.fetches().get(0);
        assertThat(listed.options()).isEqualTo(options);
        assertThat(listed.status().state()).isEqualTo(FetchState.PAUSED);
        BlockingQueue<FetchEvent> heard = new LinkedBlockingQueue<>();
        listed.events(heard::add);
        assertThat(heard).as("before events returns").hasAtLeastOneElementOfType(FetchEvent.Paused.class);
        assertThat(listed.cancel()).succeedsWithin(DEADLINE_SECONDS, TimeUnit.SECONDS);
        assertThat(begun.completion()).failsWithin(DEADLINE_SECONDS, TimeUnit.SECONDS);
        assertThat(listed.completion()).failsWithin(DEADLINE_SECONDS, TimeUnit.SECONDS);
        assertThat(heard).last().isInstanceOf(FetchEvent.Cancelled.class);
        assertThat(first.fetches()).isEmpty();
    }

    @Test
    void theEndOfAnEarlierFetchIsHeardBeforeEventsReturns() throws Exception {
        Path file = Files.writeString(folder.resolve("film.mkv"), "a film");
        Key hash = first.share(file)
                .completion()
                .get(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .share()
                .hash();
        Fetch begun = first.fetch(
                FetchOptions.to(new FetchTarget(hash, "", -1, List.of()), file).build());
        assertThat(begun.completion()).succeedsWithin(DEADLINE_SECONDS, TimeUnit.SECONDS);
        BlockingQueue<FetchEvent> heard = new LinkedBlockingQueue<>();
        second.fetches().get(0).events(heard::add);
        assertThat(heard).last().isEqualTo(begun.completion().join());
    }

    @Test
    void theEndOfTheNodeIsHeardByEachOfThem() {
        server.close();
        assertThat(first.gone()).succeedsWithin(DEADLINE_SECONDS, TimeUnit.SECONDS);
        assertThat(second.gone()).succeedsWithin(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }
}
