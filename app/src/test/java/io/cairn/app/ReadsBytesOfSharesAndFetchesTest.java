package io.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Node.Excerpt;
import io.cairn.app.NodeConfig.TransferSettings;
import io.cairn.app.node.LocalNode;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadsBytesOfSharesAndFetchesTest {
    private static final int DEADLINE_SECONDS = 60;

    @TempDir
    Path folder;

    private Node sharer;
    private byte[] film;
    private Key hash;

    @BeforeEach
    void share() throws Exception {
        film = new byte[3_000_000];
        new Random(1).nextBytes(film);
        Path source = folder.resolve("source");
        Path inner = Files.createDirectories(source.resolve("a"));
        Files.writeString(inner.resolve("before.txt"), "some text");
        Files.write(inner.resolve("film.mkv"), film);
        sharer = LocalNode.start(config("sharer").build());
        hash = sharer.share(source)
                .completion()
                .get(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .share()
                .hash();
    }

    @AfterEach
    void close() {
        sharer.close();
    }

    @Test
    void readsARangeOfAShare() throws Exception {
        Excerpt excerpt = read(sharer, "a/film.mkv", 250_000, 300_000);
        assertThat(excerpt.offset()).isEqualTo(250_000);
        assertThat(excerpt.fileBytes()).isEqualTo(film.length);
        assertThat(excerpt.bytes()).isEqualTo(ByteBuffer.wrap(Arrays.copyOfRange(film, 250_000, 550_000)));
        assertThat(sharer.read(hash.toHex(), "a/before.txt", 5, 100)
                        .get(DEADLINE_SECONDS, TimeUnit.SECONDS)
                        .bytes())
                .isEqualTo(ByteBuffer.wrap("text".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void pastTheEndThereIsNothing() throws Exception {
        assertThat(read(sharer, "a/film.mkv", film.length - 10, 100).bytes().remaining())
                .isEqualTo(10);
        assertThat(read(sharer, "a/film.mkv", film.length + 1L, 100).bytes().hasRemaining())
                .isFalse();
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThat(kind(sharer.read(hash, "a/other.mkv", 0, 1))).isEqualTo(CairnException.Kind.USAGE);
        assertThat(kind(sharer.read(hash, "a/film.mkv", -1, 1))).isEqualTo(CairnException.Kind.USAGE);
        assertThat(kind(sharer.read(Key.ofContent(new byte[1]), "film", 0, 1)))
                .isEqualTo(CairnException.Kind.NO_PROVIDER);
    }

    @Test
    void aReadWaitsForTheBytesOfAFetchThatRuns() throws Exception {
        TransferSettings slow = new TransferSettings(1, null, 400_000L, null, null, true);
        try (Node fetcher = LocalNode.start(config("fetcher").transfer(slow).build())) {
            Fetch fetch = fetcher.fetch(
                    FetchOptions.to(target(), folder.resolve("copy")).build());
            CompletableFuture<Excerpt> other = fetcher.read(hash, "a/other", 0, 1);
            CompletableFuture<Excerpt> waiting = fetcher.read(hash, "a/film.mkv", 1_000_000, 500_000);
            CompletableFuture<Excerpt> givenUp = fetcher.read(hash, "a/film.mkv", 0, 1);
            givenUp.cancel(false);
            assertThat(waiting.get(DEADLINE_SECONDS, TimeUnit.SECONDS).bytes())
                    .isEqualTo(ByteBuffer.wrap(Arrays.copyOfRange(film, 1_000_000, 1_500_000)));
            assertThat(kind(other)).isEqualTo(CairnException.Kind.USAGE);
            fetch.stop();
            fetch.completion().handle((complete, failure) -> true).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            assertThat(kind(fetcher.read(hash, "a/film.mkv", 1_000_000, 1))).isEqualTo(CairnException.Kind.NO_PROVIDER);
        }
    }

    @Test
    void aReadOfTheLastChunkHoldsTheFetchUntilItHasItsBytes() throws Exception {
        TransferSettings slow = new TransferSettings(1, null, 3_000_000L, null, null, true);
        try (Node fetcher = LocalNode.start(config("fetcher").transfer(slow).build())) {
            Fetch fetch = fetcher.fetch(
                    FetchOptions.to(target(), folder.resolve("copy")).build());
            CompletableFuture<Excerpt> all = fetcher.read(hash, "a/film.mkv", 0, film.length);
            assertThat(all.get(DEADLINE_SECONDS, TimeUnit.SECONDS).bytes()).isEqualTo(ByteBuffer.wrap(film));
            assertThat(fetch.completion()).succeedsWithin(DEADLINE_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Test
    void aReadOfAFileThatTheFetchLeavesOutEndsWithTheFetch() throws Exception {
        try (Node fetcher = LocalNode.start(config("fetcher").build())) {
            Fetch fetch = fetcher.fetch(FetchOptions.to(target(), folder.resolve("copy"))
                    .only(List.of("a/before.txt"))
                    .build());
            CompletableFuture<Excerpt> left = fetcher.read(hash, "a/film.mkv", 0, film.length);
            assertThat(kind(left)).isEqualTo(CairnException.Kind.NO_PROVIDER);
            assertThat(fetch.completion()).succeedsWithin(DEADLINE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private FetchTarget target() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        return new FetchTarget(
                hash, "", -1, List.of(new Endpoint(loopback, sharer.info().port())));
    }

    private NodeConfig.Builder config(String name) {
        return NodeConfig.builder(folder.resolve(name))
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .network("read")
                .lan(false);
    }

    private Excerpt read(Node node, String path, long offset, int length) throws Exception {
        return node.read(hash, path, offset, length).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    private static CairnException.Kind kind(CompletableFuture<?> failing) {
        Throwable cause = assertThat(failing)
                .failsWithin(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .actual()
                .getCause();
        assertThat(cause).isInstanceOf(CairnException.class);
        return ((CairnException) cause).kind();
    }
}
