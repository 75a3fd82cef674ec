package io.cairn.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchState;
import io.cairn.app.FetchTarget;
import io.cairn.app.Node;
import io.cairn.app.Operation;
import io.cairn.app.node.LocalNode;
import io.cairn.control.Attachment;
import io.cairn.control.SharedNode;
import io.cairn.control.reach.DirectoryReach;
import io.cairn.dht.id.Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node reached over its directory keeps the contract, and what is asked of it goes on when its process ends. */
class ASharedNodeKeepsTheContractTest extends NodeContract {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @Override
    Node start(Path dataDirectory, List<Node> known) throws CairnException {
        open.push(reach(dataDirectory, known).start());
        SharedNode node = SharedNode.open(reach(dataDirectory, known), () -> true);
        open.push(node); // closed before its process ends: it would become the node
        return node;
    }

    @Test
    void whatIsAskedGoesOnAtTheNextNode() throws Exception {
        Path directory = folder.resolve("handed over");
        Attachment first = reach(directory, List.of()).start();
        try (SharedNode node = SharedNode.open(reach(directory, List.of()), () -> true)) {
            assertThat(node.attachment().isHere()).isFalse();
            BlockingQueue<Attachment> successors = new LinkedBlockingQueue<>();
            node.successors(successors::add);
            Path file = Files.writeString(folder.resolve("handed over.txt"), "the same share before and after");
            Node.ShareReport report = node.share(file).completion().get(60, TimeUnit.SECONDS);
            first.close();
            Operation<Node.HashProgress, Node.ShareReport> again = node.share(file);
            assertThat(again.completion().get(60, TimeUnit.SECONDS).share().hash())
                    .isEqualTo(report.share().hash());
            Attachment next = successors.poll(60, TimeUnit.SECONDS);
            assertThat(next).isNotNull();
            assertThat(next.isHere()).isTrue();
            assertThat(node.shares())
                    .extracting(Node.Share::hash)
                    .containsExactly(report.share().hash());
            assertThat(node.info().node()).isEqualTo(next.node().info().node());
        }
    }

    @Test
    void aListedFetchGoesOnAtTheNextNode() throws Exception {
        Path directory = folder.resolve("listed");
        Key unknown = Key.fromHex("00000000000000000000000000000000000000aa");
        FetchOptions options = FetchOptions.to(new FetchTarget(unknown, "", -1, List.of()), folder.resolve("never"))
                .build()
                .withRetries();
        Attachment first = reach(directory, List.of()).start();
        try (SharedNode node = SharedNode.open(reach(directory, List.of()), () -> true)) {
            Fetch begun = first.node().fetch(options);
            Fetch paused = node.fetches().get(0);
            assertThat(paused.pause().get(60, TimeUnit.SECONDS).state()).isEqualTo(FetchState.PAUSED);
            Fetch unheard = node.fetches().get(0);
            BlockingQueue<FetchEvent> events = new LinkedBlockingQueue<>();
            paused.events(events::add);
            BlockingQueue<Attachment> successors = new LinkedBlockingQueue<>();
            node.successors(successors::add);
            first.close();
            assertThat(successors.poll(60, TimeUnit.SECONDS)).isNotNull();
            while (!(events.poll(60, TimeUnit.SECONDS) instanceof FetchEvent.Resumed)) {
                assertThat(paused.completion()).isNotDone();
                paused.resume().get(60, TimeUnit.SECONDS);
            }
            assertThat(unheard.status().isEnded()).isFalse();
            assertThat(unheard.cancel().get(60, TimeUnit.SECONDS).state()).isEqualTo(FetchState.CANCELLED);
            assertThat(node.fetches()).isEmpty();
            assertThat(begun.completion()).isCompletedExceptionally();
        }
    }

    private static DirectoryReach reach(Path dataDirectory, List<Node> known) {
        return new DirectoryReach(
                ALocalNodeKeepsTheContractTest.config(dataDirectory, known),
                LocalNode::start,
                "test",
                () -> {},
                Optional.empty());
    }

    @AfterEach
    void closeTheNodes() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
