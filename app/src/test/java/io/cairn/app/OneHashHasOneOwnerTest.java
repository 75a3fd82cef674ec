package io.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.NodeConfig.TransferSettings;
import io.cairn.app.Verifier.VerifyReport;
import io.cairn.app.node.LocalNode;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.manifest.Manifest;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The second caller of a hash joins, waits, or learns that it is busy. No node provides these hashes, so look-ups last. */
class OneHashHasOneOwnerTest {
    private static final int DEADLINE_SECONDS = 60;

    @TempDir
    Path folder;

    private Node node;

    @BeforeEach
    void start() throws CairnException {
        node = startNode();
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aManifestThatIsAskedForDuringAFetchIsLookedUpAfterIt() throws Exception {
        Told fetch = fetch(hash(1), "one", false);
        fetch.begins();
        CompletableFuture<Manifest> first = node.manifest(target(hash(1)));
        CompletableFuture<Manifest> second = node.manifest(target(hash(1)));
        assertThat(node.fetches()).hasSize(1);
        assertThat(first).isNotDone();
        assertThat(fetch.cancelled()).isEqualTo(FetchState.CANCELLED);
        node.close();
        assertThat(kind(first)).isEqualTo(CairnException.Kind.INTERRUPTED);
        assertThat(kind(second)).isEqualTo(CairnException.Kind.INTERRUPTED);
    }

    @Test
    void aFetchWaitsForARepairAndTakesNobodysPlace() throws Exception {
        Damaged damaged = damaged();
        CompletableFuture<FetchEvent.Complete> repair = repair(damaged);
        Told waiting = fetch(damaged.manifest.hash(), "copy", true);
        assertThat(waiting.next()).isInstanceOf(FetchEvent.Queued.class);
        Told other = fetch(hash(1), "one", false);
        other.begins();
        assertThat(other.cancelled()).isEqualTo(FetchState.CANCELLED);
        assertThat(waiting.fetch.status().state()).isEqualTo(FetchState.QUEUED);

        assertThat(repair.cancel(false)).isTrue();
        waiting.begins();
        assertThat(waiting.cancelled()).isEqualTo(FetchState.CANCELLED);
    }

    @Test
    void aFetchThatWaitsForARepairCanBeCancelled() throws Exception {
        Damaged damaged = damaged();
        CompletableFuture<FetchEvent.Complete> repair = repair(damaged);
        Told waiting = fetch(damaged.manifest.hash(), "copy", true);
        assertThat(waiting.next()).isInstanceOf(FetchEvent.Queued.class);
        assertThat(waiting.cancelled()).isEqualTo(FetchState.CANCELLED);
        assertThat(node.fetches()).isEmpty();
        assertThat(repair).isNotDone();
    }

    @Test
    void aRepairIsRefusedDuringAFetchAndDuringAnotherRepair() throws Exception {
        Damaged damaged = damaged();
        CompletableFuture<FetchEvent.Complete> repair = repair(damaged);
        assertThat(kind(repair(damaged))).isEqualTo(CairnException.Kind.OTHER);
        assertThat(repair.cancel(false)).isTrue();
        Told fetch = fetch(damaged.manifest.hash(), "copy", false);
        fetch.begins();
        assertThat(kind(repair(damaged))).isEqualTo(CairnException.Kind.OTHER);
    }

    @Test
    void closingEndsARepairAndWhatWaitsForIt() throws Exception {
        Damaged damaged = damaged();
        CompletableFuture<FetchEvent.Complete> repair = repair(damaged);
        Told waiting = fetch(damaged.manifest.hash(), "copy", true);
        assertThat(waiting.next()).isInstanceOf(FetchEvent.Queued.class);
        node.close();
        assertThat(kind(repair)).isEqualTo(CairnException.Kind.INTERRUPTED);
        assertThat(kind(waiting.fetch.completion())).isEqualTo(CairnException.Kind.INTERRUPTED);
        node = startNode();
        List<Fetch> kept = node.takeUpFetches().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        assertThat(kept).extracting(Fetch::hash).containsExactly(damaged.manifest.hash());
    }

    @Test
    void aListenerThatThrowsHarmsNoFetch() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "content");
        Key hash = node.share(file)
                .completion()
                .get(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .share()
                .hash();
        Fetch fetch =
                node.fetch(FetchOptions.to(target(hash), folder.resolve("copy")).build());
        fetch.events(event -> {
            throw new IllegalStateException("the listener's own fault");
        });
        assertThat(fetch.completion().get(DEADLINE_SECONDS, TimeUnit.SECONDS).hash())
                .isEqualTo(hash);
        assertThat(folder.resolve("copy")).hasContent("content");
    }

    @Test
    void sharingAndUnsharingWhatIsBeingFetchedEndsNeither() throws Exception {
        Damaged damaged = damaged();
        Files.write(damaged.place, new byte[300_000]);
        Told fetch = fetch(damaged.manifest.hash(), "copy", false);
        fetch.begins();
        assertThat(node.share(damaged.place)
                        .completion()
                        .get(DEADLINE_SECONDS, TimeUnit.SECONDS)
                        .share()
                        .hash())
                .isEqualTo(damaged.manifest.hash());
        assertThat(node.unshare(damaged.manifest.hash())
                        .get(DEADLINE_SECONDS, TimeUnit.SECONDS)
                        .hash())
                .isEqualTo(damaged.manifest.hash());
        assertThat(fetch.fetch.status().state()).isEqualTo(FetchState.LOOKUP);
        assertThat(fetch.cancelled()).isEqualTo(FetchState.CANCELLED);
    }

    private Node startNode() throws CairnException {
        return LocalNode.start(NodeConfig.builder(folder.resolve("data"))
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .network("test")
                .lan(false)
                .transfer(new TransferSettings(1, null, null, null, null, null))
                .build());
    }

    private CompletableFuture<FetchEvent.Complete> repair(Damaged damaged) throws CairnException {
        VerifyReport found = LocalNode.verifier().verify(damaged.place, damaged.manifest, progress -> {});
        CompletableFuture<FetchEvent.Complete> repair = node.repair(
                        target(damaged.manifest.hash()), damaged.manifest, damaged.place, found)
                .completion();
        assertThat(node.fetches()).isNotNull();
        return repair;
    }

    /** A file of zeros that has changed and is no longer shared. */
    private Damaged damaged() throws Exception {
        Path place = Files.write(folder.resolve("damaged"), new byte[300_000]);
        Key hash = node.share(place)
                .completion()
                .get(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .share()
                .hash();
        Manifest manifest = node.manifest(target(hash)).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        node.unshare(hash).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        byte[] bad = new byte[300_000];
        bad[7] = 1;
        Files.write(place, bad);
        return new Damaged(manifest, place);
    }

    private Told fetch(Key hash, String name, boolean retried) {
        BlockingQueue<FetchEvent> events = new LinkedBlockingQueue<>();
        FetchOptions options = FetchOptions.to(target(hash), folder.resolve(name))
                .retried(retried)
                .build();
        Fetch fetch = node.fetch(options);
        fetch.events(events::add);
        return new Told(fetch, events);
    }

    private static FetchTarget target(Key hash) {
        return new FetchTarget(hash, "", -1, List.of());
    }

    private static Key hash(int number) {
        return Key.ofContent(new byte[] {(byte) number});
    }

    private static CairnException.Kind kind(CompletableFuture<?> failing) throws Exception {
        try {
            failing.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            assertThat(failed.getCause()).isInstanceOf(CairnException.class);
            return ((CairnException) failed.getCause()).kind();
        }
        throw new AssertionError("it did not fail");
    }

    private record Damaged(Manifest manifest, Path place) {}

    private record Told(Fetch fetch, BlockingQueue<FetchEvent> events) {
        FetchEvent next() throws InterruptedException {
            FetchEvent event = events.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
            assertThat(event).as("nothing came").isNotNull();
            return event;
        }

        void begins() throws InterruptedException {
            FetchEvent event = next();
            assertThat(event instanceof FetchEvent.Queued ? next() : event).isInstanceOf(FetchEvent.Lookup.class);
        }

        FetchState cancelled() throws Exception {
            return fetch.cancel().get(DEADLINE_SECONDS, TimeUnit.SECONDS).state();
        }
    }
}
