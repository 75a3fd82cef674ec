package io.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cairn.app.node.LocalNode;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts the open descriptors of this process, including those of deleted files, to prove that files are closed. */
class FilesOfEndedSharesAreClosedTest {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final int DEADLINE_SECONDS = 60;

    @TempDir
    Path folder;

    private Path shared;
    private Node sharer;
    private int copies;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Files.isDirectory(DESCRIPTORS), "this system does not list the descriptors of a process");
        byte[] bytes = new byte[300_000];
        new Random(1).nextBytes(bytes);
        shared = Files.write(Files.createDirectory(folder.resolve("shared")).resolve("file"), bytes);
        sharer = start("sharer");
    }

    @AfterEach
    void stop() {
        if (sharer != null) {
            sharer.close();
        }
    }

    @Test
    void whenItIsUnshared() throws Exception {
        Key hash = shareAndServe(shared);
        sharer.unshare(hash).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        awaitClosed(shared);
    }

    @Test
    void whenItIsUnsharedAfterTheUserDeletedIt() throws Exception {
        Key hash = shareAndServe(shared);
        Files.delete(shared);
        sharer.unshare(hash).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        awaitClosed(shared);
    }

    @Test
    void whenItChanged() throws Exception {
        shareAndServe(shared);
        Files.writeString(shared, "something else");
        awaitClosed(shared);
        assertThat(sharer.shares()).singleElement().matches(share -> !share.available());
    }

    @Test
    void whenTheSameIsSharedFromElsewhere() throws Exception {
        Key hash = shareAndServe(shared);
        Path elsewhere = Files.copy(
                shared, Files.createDirectory(folder.resolve("other")).resolve("file"));
        assertThat(share(elsewhere)).isEqualTo(hash);
        awaitClosed(shared);
        Files.delete(shared);
        fetch(hash);
        assertThat(sharer.shares()).singleElement().matches(Node.Share::available);
    }

    @Test
    void whenTheNodeIsClosed() throws Exception {
        shareAndServe(shared);
        sharer.close();
        assertThat(open(shared)).isZero();
    }

    /** Happens within one second, before any check of the file. */
    @Test
    void whatWasSharedFromAPathBeforeItChangedIsForgottenWhenThePathIsSharedAgain() throws Exception {
        Key before = shareAndServe(shared);
        Files.writeString(shared, "something else");
        Key now = share(shared);
        assertThat(now).isNotEqualTo(before);
        assertThat(sharer.shares())
                .singleElement()
                .matches(share -> share.hash().equals(now));
        sharer.close();
        sharer = start("sharer");
        assertThat(sharer.shares())
                .singleElement()
                .matches(share -> share.hash().equals(now));
    }

    private Key shareAndServe(Path path) throws Exception {
        Key hash = share(path);
        fetch(hash);
        assertThat(open(path)).as("descriptors of what is served").isPositive();
        return hash;
    }

    private Key share(Path path) throws Exception {
        return sharer.share(path)
                .completion()
                .get(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .share()
                .hash();
    }

    private void fetch(Key hash) throws Exception {
        copies++;
        Endpoint peer =
                new Endpoint(InetAddress.getLoopbackAddress(), sharer.info().port());
        try (Node fetcher = start("fetcher" + copies)) {
            FetchTarget target = new FetchTarget(hash, "", -1, List.of(peer));
            fetcher.fetch(FetchOptions.to(target, folder.resolve("copy" + copies))
                            .build())
                    .completion()
                    .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private Node start(String name) throws CairnException {
        return LocalNode.start(NodeConfig.builder(folder.resolve(name))
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .network("test")
                .lan(false)
                .build());
    }

    private static void awaitClosed(Path path) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (open(path) > 0) {
            assertThat(System.nanoTime())
                    .as("waited for " + path + " to be closed")
                    .isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static long open(Path path) throws IOException {
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            return descriptors
                    .filter(descriptor -> target(descriptor).startsWith(path.toString()))
                    .count();
        }
    }

    /** Empty for a descriptor that was closed during the listing. */
    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException closed) {
            return "";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
