package io.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.node.LocalNode;
import io.cairn.dht.id.Key;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeFetchesItsOwnShareTest {
    /** More shares than one batch restores. */
    private static final int MANY = 150;

    @TempDir
    Path folder;

    private Path original;

    @BeforeEach
    void writeTheFile() throws Exception {
        byte[] bytes = new byte[1_000_000];
        new Random(1).nextBytes(bytes);
        original = Files.write(folder.resolve("original"), bytes);
    }

    @Test
    void copiesItAndGoesOnServingTheOriginal() throws Exception {
        Path copy = folder.resolve("copy");
        try (Node node = start()) {
            Key hash = share(node);
            FetchEvent.Complete complete = fetch(node, hash, copy);
            assertThat(complete.peers()).isEmpty();
            assertThat(copy).hasSameBinaryContentAs(original);
            assertThat(node.shares()).singleElement().satisfies(share -> {
                assertThat(share.path()).isEqualTo(original);
                assertThat(share.available()).isTrue();
            });
        }
        try (Node again = start()) {
            Key hash = share(again);
            assertThat(fetch(again, hash, folder.resolve("second")).peers()).isEmpty();
        }
    }

    @Test
    void copiesItWhileOthersOfAnEarlierRunAreBeingTakenUp() throws Exception {
        List<Key> hashes = new ArrayList<>();
        try (Node node = start()) {
            List<CompletableFuture<Node.ShareReport>> shared = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                Path file = Files.writeString(folder.resolve("file" + i), "content " + i);
                shared.add(node.share(file).completion());
            }
            for (CompletableFuture<Node.ShareReport> report : shared) {
                hashes.add(report.get(30, TimeUnit.SECONDS).share().hash());
            }
        }
        try (Node again = start()) {
            List<Integer> some = List.of(MANY - 1, MANY / 2, 0);
            List<Fetch> fetches = new ArrayList<>();
            for (int i : some) {
                FetchTarget target = again.resolve(hashes.get(i).toHex());
                Path copy = folder.resolve("copy" + i);
                fetches.add(again.fetch(
                        FetchOptions.to(target, copy).keepSharing(true).build()));
            }
            for (int i = 0; i < some.size(); i++) {
                assertThat(fetches.get(i).completion().get(30, TimeUnit.SECONDS).peers())
                        .isEmpty();
                assertThat(folder.resolve("copy" + some.get(i))).hasContent("content " + some.get(i));
            }
            assertThat(again.shares()).hasSize(MANY).allMatch(Node.Share::available);
            assertThat(again.shares()).extracting(Node.Share::hash).containsExactlyInAnyOrderElementsOf(hashes);
        }
    }

    @Test
    void aFileThatChangedUnseenIsWithdrawnAndNothingFalseIsPlaced() throws Exception {
        Path copy = folder.resolve("copy");
        BlockingQueue<Node.Notice> notices = new LinkedBlockingQueue<>();
        try (Node node = start()) {
            Key hash = share(node);
            node.onNotice(notices::add);
            FileTime time = Files.getLastModifiedTime(original);
            byte[] bytes = Files.readAllBytes(original);
            bytes[700_000]++;
            Files.write(original, bytes);
            Files.setLastModifiedTime(original, time);
            FetchOptions options = FetchOptions.to(new FetchTarget(hash, "", -1, List.of()), copy)
                    .build();
            Fetch fetch = node.fetch(options);
            assertThat(notices.poll(30, TimeUnit.SECONDS)).isInstanceOf(Node.Notice.ShareChanged.class);
            assertThat(node.shares())
                    .singleElement()
                    .satisfies(share -> assertThat(share.available()).isFalse());
            assertThat(fetch.cancel()).succeedsWithin(30, TimeUnit.SECONDS);
            assertThat(fetch.completion())
                    .failsWithin(30, TimeUnit.SECONDS)
                    .withThrowableOfType(ExecutionException.class);
            assertThat(copy).doesNotExist();
        }
    }

    private Node start() throws CairnException {
        return LocalNode.start(NodeConfig.builder(folder.resolve("data"))
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .network("test")
                .lan(false)
                .build());
    }

    private Key share(Node node) throws Exception {
        return node.share(original)
                .completion()
                .get(30, TimeUnit.SECONDS)
                .share()
                .hash();
    }

    private static FetchEvent.Complete fetch(Node node, Key hash, Path to) throws Exception {
        FetchTarget target = new FetchTarget(hash, "", -1, List.of());
        return node.fetch(FetchOptions.to(target, to).keepSharing(true).build())
                .completion()
                .get(30, TimeUnit.SECONDS);
    }
}
