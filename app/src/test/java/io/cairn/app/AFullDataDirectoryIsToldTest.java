package io.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cairn.app.CairnException.Kind;
import io.cairn.app.node.LocalNode;
import io.cairn.dht.id.Key;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change that cannot be stored is not reported as done or kept. Needs root on Linux to mount a small disk. */
class AFullDataDirectoryIsToldTest {
    @TempDir
    private Path folder;

    private Path disk;
    private final CompletableFuture<FetchEvent> underWay = new CompletableFuture<>();
    private boolean mounted;
    private Node node;

    @BeforeEach
    void startANode() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString());
        if (!mounted) {
            System.out.println("skipped: cannot mount a file system here");
        }
        assumeTrue(mounted, "cannot mount a file system here");
        node = LocalNode.start(NodeConfig.builder(disk.resolve("data"))
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .network("full-data-directory")
                .lan(false)
                .build());
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            node.close();
            assertThat(run("umount", disk.toString())).isTrue();
        }
    }

    @Test
    void whileSharing() throws Exception {
        Path file = Files.write(folder.resolve("film.mkv"), new byte[1_000_000]);
        fill();
        assertThat(kind(node.share(file).completion())).isEqualTo(Kind.DISK_FULL);
        assertThat(node.shares()).isEmpty();
    }

    @Test
    void aFetchThatCannotBeRememberedIsNotSaidToBeKept() throws Exception {
        fill();
        Fetch fetch = fetch();
        underWay.get(30, TimeUnit.SECONDS);
        assertThat(kind(fetch.pause())).isEqualTo(Kind.DISK_FULL);
        assertThat(kind(fetch.resume())).isEqualTo(Kind.DISK_FULL);
        node.close();
        assertThat(kind(fetch.completion())).isEqualTo(Kind.DISK_FULL);
    }

    @Test
    void aFetchThatCannotBeForgottenIsNotSaidToBeCancelled() throws Exception {
        Fetch fetch = fetch();
        underWay.get(30, TimeUnit.SECONDS);
        answer(fetch.pause());
        answer(fetch.resume());
        fill();
        assertThat(catchThrowable(() -> answer(fetch.cancel()))).hasMessageContaining("disk is full");
    }

    @Test
    void limitsThatCannotBeRememberedHoldAndAreToldNotToBeKept() throws Exception {
        SpeedLimits limits = new SpeedLimits(1 << 20, 0, 0, 0, false);
        fill();
        CompletableFuture<SpeedLimits> limited = node.limit(limits);
        assertThat(kind(limited)).isEqualTo(Kind.DISK_FULL);
        assertThat(node.limits()).isEqualTo(limits);
    }

    private Fetch fetch() {
        FetchTarget target = new FetchTarget(Key.ofContent(new byte[] {1}), "", -1, List.of());
        Fetch fetch = node.fetch(
                FetchOptions.to(target, folder.resolve("copy")).build().withRetries());
        fetch.events(event -> {
            if (event instanceof FetchEvent.Lookup) {
                underWay.complete(event);
            }
        });
        return fetch;
    }

    private static void answer(CompletableFuture<?> future) throws Exception {
        assertThat(future.get(30, TimeUnit.SECONDS)).isNotNull();
    }

    private static Kind kind(CompletableFuture<?> future) {
        Throwable failure = catchThrowable(() -> answer(future));
        assertThat(failure.getCause()).isInstanceOf(CairnException.class);
        return ((CairnException) failure.getCause()).kind();
    }

    private void fill() {
        assertThat(catchThrowable(() -> {
                    try (OutputStream filler = Files.newOutputStream(disk.resolve("filler"))) {
                        while (true) {
                            filler.write(new byte[1024]);
                        }
                    }
                }))
                .isInstanceOf(IOException.class);
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
