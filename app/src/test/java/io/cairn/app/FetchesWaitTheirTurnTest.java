package io.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.NodeConfig.TransferSettings;
import io.cairn.app.node.LocalNode;
import io.cairn.dht.id.Key;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** At most the configured number of fetches run; the others start in the order of their requests. None has a provider. */
class FetchesWaitTheirTurnTest {
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
                .transfer(new TransferSettings(1, null, null, null, null, null))
                .build());
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void oneAfterTheOther() throws Exception {
        List<Told> three = oneThatBeganAndTwoThatWait();
        Told first = three.get(0);
        Told second = three.get(1);
        Told third = three.get(2);
        assertThat(node.fetches()).extracting(Fetch::hash).containsExactly(hash(1), hash(2), hash(3));
        assertThat(second.fetch.status().state()).isEqualTo(FetchState.QUEUED);

        cancel(first);
        second.begins();
        assertThat(third.fetch.status().state()).isEqualTo(FetchState.QUEUED);
        cancel(second);
        third.begins();
    }

    @Test
    void whoWaitsIsToldItsPlaceAgainAndWhenItChanges() throws Exception {
        List<Told> three = oneThatBeganAndTwoThatWait();
        three.get(2).isQueuedBehind(2);
        cancel(three.get(1));
        Told third = three.get(2);
        FetchEvent now = third.any();
        while (now.equals(new FetchEvent.Queued(2, FetchEvent.Queued.For.SLOT))) {
            now = third.any();
        }
        assertThat(now).isEqualTo(new FetchEvent.Queued(1, FetchEvent.Queued.For.SLOT));
    }

    @Test
    void whoLeavesTheQueueLetsOthersPassAndComesBackAtItsEnd() throws Exception {
        List<Told> three = oneThatBeganAndTwoThatWait();
        Told first = three.get(0);
        Told second = three.get(1);
        Told third = three.get(2);
        assertThat(second.fetch.pause().get(DEADLINE_SECONDS, TimeUnit.SECONDS).state())
                .isEqualTo(FetchState.PAUSED);
        assertThat(second.fetch.resume().get(DEADLINE_SECONDS, TimeUnit.SECONDS).state())
                .isEqualTo(FetchState.QUEUED);
        assertThat(second.next()).isEqualTo(new FetchEvent.Paused());
        assertThat(second.next()).isEqualTo(new FetchEvent.Resumed());
        second.isQueuedBehind(2);
        cancel(first);
        third.begins();
        assertThat(second.fetch.status().state()).isEqualTo(FetchState.QUEUED);
    }

    private List<Told> oneThatBeganAndTwoThatWait() throws Exception {
        Told first = fetch(1);
        first.begins();
        Told second = fetch(2);
        second.isQueuedBehind(1);
        Told third = fetch(3);
        third.isQueuedBehind(2);
        return List.of(first, second, third);
    }

    private static void cancel(Told told) throws Exception {
        told.fetch.cancel().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    private Told fetch(int number) {
        BlockingQueue<FetchEvent> events = new LinkedBlockingQueue<>();
        FetchTarget target = new FetchTarget(hash(number), "", -1, List.of());
        Path output = folder.resolve("file" + number);
        Fetch fetch = node.fetch(FetchOptions.to(target, output).build());
        fetch.events(events::add);
        return new Told(fetch, events);
    }

    private static Key hash(int number) {
        return Key.ofContent(new byte[] {(byte) number});
    }

    /** A fetch and its events. */
    private record Told(Fetch fetch, BlockingQueue<FetchEvent> events) {
        /** The next event that is not the place in the queue, which is told again and again. */
        FetchEvent next() throws InterruptedException {
            FetchEvent event = any();
            while (event instanceof FetchEvent.Queued) {
                event = any();
            }
            return event;
        }

        void isQueuedBehind(int ahead) throws InterruptedException {
            assertThat(any()).isEqualTo(new FetchEvent.Queued(ahead, FetchEvent.Queued.For.SLOT));
        }

        private FetchEvent any() throws InterruptedException {
            FetchEvent event = events.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
            assertThat(event).as("nothing came").isNotNull();
            return event;
        }

        void begins() throws InterruptedException {
            assertThat(next()).isInstanceOf(FetchEvent.Lookup.class);
        }
    }
}
