package io.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cairn.app.node.LocalNode;
import io.cairn.dht.id.Endpoint;
import io.cairn.transfer.content.manifest.Manifest;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All pairs of operations on one hash. The only provider accepts connections and stays silent, so the operations last. */
class ASecondCallerOfAHashJoinsWaitsOrIsToldTest {
    private static final int DEADLINE_SECONDS = 60;
    private static final int BYTES = 300_000;

    @TempDir
    Path folder;

    private Node node;
    private ServerSocket silent;
    private Manifest manifest;
    private FetchTarget target;

    private enum Doing {
        FETCH,
        MANIFEST,
        REPAIR,
        SHARE
    }

    private enum Second {
        /** It completes at once. */
        DONE,
        /** It gets the result of the first, or its turn, later. */
        WAITS,
        /** It fails with an explanation. */
        TOLD
    }

    @BeforeEach
    void start() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        silent = new ServerSocket(0, 50, loopback);
        silent.setSoTimeout(DEADLINE_SECONDS * 1_000);
        node = LocalNode.start(NodeConfig.builder(folder.resolve("data"))
                .port(0)
                .bind(List.of(loopback))
                .network("test")
                .lan(false)
                .build());
        Path damaged = Files.write(folder.resolve("film"), new byte[BYTES]);
        manifest = Hashed.manifest(damaged);
        target = new FetchTarget(manifest.hash(), "", -1, List.of(new Endpoint(loopback, silent.getLocalPort())));
        Files.write(damaged, new byte[] {1});
        Files.createDirectories(folder.resolve("whole"));
        Files.write(folder.resolve("whole/film"), new byte[BYTES]);
    }

    @AfterEach
    void close() throws Exception {
        node.close();
        silent.close();
    }

    @ParameterizedTest
    @CsvSource({
        "FETCH, FETCH, TOLD",
        "FETCH, MANIFEST, WAITS",
        "FETCH, REPAIR, TOLD",
        "FETCH, SHARE, DONE",
        "MANIFEST, FETCH, WAITS",
        "MANIFEST, MANIFEST, WAITS",
        "MANIFEST, REPAIR, WAITS",
        "MANIFEST, SHARE, DONE",
        "REPAIR, FETCH, WAITS",
        "REPAIR, MANIFEST, DONE",
        "REPAIR, REPAIR, TOLD",
        "REPAIR, SHARE, DONE",
        "SHARE, FETCH, DONE",
        "SHARE, MANIFEST, DONE",
        "SHARE, REPAIR, DONE",
        "SHARE, SHARE, DONE"
    })
    void everyPair(Doing first, Doing second, Second then) throws Exception {
        CompletableFuture<?> one = begin(first, "one");
        if (first == Doing.SHARE) {
            one.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        }
        try (Socket asked = first == Doing.SHARE ? new Socket() : silent.accept()) {
            assertThat(asked.isConnected()).isEqualTo(first != Doing.SHARE);
            CompletableFuture<?> two = begin(second, "two");
            switch (then) {
                case DONE -> assertThat(two).succeedsWithin(DEADLINE_SECONDS, TimeUnit.SECONDS);
                case TOLD -> {
                    CairnException told = failure(two);
                    assertThat(told.kind()).isEqualTo(CairnException.Kind.OTHER);
                    assertThat(told.why()).startsWith("this node is " + (first == Doing.FETCH ? "fetch" : "repair"));
                }
                case WAITS -> assertThat(node.peers()).isEmpty();
            }
            assertThat(two.isDone()).isEqualTo(then != Second.WAITS);
            assertThat(one.isDone()).as("the first is not disturbed").isEqualTo(first == Doing.SHARE);
            node.close();
            if (first != Doing.SHARE) {
                assertThat(failure(one).kind()).isEqualTo(CairnException.Kind.INTERRUPTED);
            }
            if (then == Second.WAITS) {
                assertThat(failure(two).kind()).isEqualTo(CairnException.Kind.INTERRUPTED);
            }
        }
    }

    private CompletableFuture<?> begin(Doing what, String name) throws Exception {
        return switch (what) {
            case FETCH ->
                node.fetch(FetchOptions.to(target, folder.resolve(name)).build())
                        .completion();
            case MANIFEST -> node.manifest(target);
            case REPAIR ->
                node.repair(
                                target,
                                manifest,
                                folder.resolve("film"),
                                LocalNode.verifier().verify(folder.resolve("film"), manifest, progress -> {}))
                        .completion();
            case SHARE -> node.share(folder.resolve("whole/film")).completion();
        };
    }

    private static CairnException failure(CompletableFuture<?> failing) {
        ExecutionException failed =
                catchThrowableOfType(ExecutionException.class, () -> failing.get(DEADLINE_SECONDS, TimeUnit.SECONDS));
        assertThat(failed).isNotNull();
        assertThat(failed.getCause()).isInstanceOf(CairnException.class);
        return (CairnException) failed.getCause();
    }
}
