package io.cairn.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.FetchEvent.Complete;
import io.cairn.app.FetchEvent.Updated;
import io.cairn.app.node.LocalNode;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ShareLayout;
import io.cairn.transfer.content.ShareOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of an aligned share follows its folder over real sockets: only chunks that differ are sent, and only files that differ are written. */
class AnUpdateFetchesOnlyWhatDiffersTest {
    private static final int CHUNK = 256 << 10;
    private static final int LARGE_FILES = 40;
    private static final int SMALL_FILES = 300;

    @TempDir
    private Path folder;

    private Node sharing;
    private Node fetching;
    private Path original;
    private Path copy;
    private @Nullable Key version;

    @BeforeEach
    void copyAFolder() throws Exception {
        sharing = start("sharing");
        fetching = start("fetching");
        original = Files.createDirectory(folder.resolve("original"));
        copy = folder.resolve("copy");
        Random random = new Random(5);
        for (int i = 0; i < SMALL_FILES; i++) {
            write(String.format("part %d/%03d.small", i % 7, i), random.nextInt(20_000));
        }
        for (int i = 0; i < LARGE_FILES; i++) {
            write(String.format("part %d/%03d.large", i % 7, 7 * i), CHUNK + random.nextInt(2 * CHUNK));
        }
        assertThat(update(null).alreadyThere()).isFalse();
        assertThat(tree(copy)).isEqualTo(tree(original));
    }

    @AfterEach
    void close() {
        fetching.close();
        sharing.close();
    }

    @Test
    void ofAFileThatGrowsInTheMiddleItsChunksAreSent() throws Exception {
        Path file = original.resolve("part 6/140.large");
        byte[] before = Files.readAllBytes(file);
        byte[] after = new byte[before.length + CHUNK];
        System.arraycopy(before, 0, after, 0, CHUNK);
        new Random(9).nextBytes(after);
        System.arraycopy(before, 0, after, 0, CHUNK);
        Map<String, Object> filesBefore = identities(copy);
        Files.write(file, after);
        Complete complete = update(null);
        int chunks = (after.length + CHUNK - 1) / CHUNK;
        assertThat(sent(complete))
                .isLessThanOrEqualTo((long) (1.1 * chunks * CHUNK))
                .isPositive();
        Updated updated = Objects.requireNonNull(complete.updated());
        assertThat(updated).isEqualTo(new Updated(chunks - 1, 1, 1, 0, List.of()));
        assertThat(tree(copy)).isEqualTo(tree(original));
        Map<String, Object> filesAfter = identities(copy);
        String changed = original.relativize(file).toString();
        assertThat(filesAfter.remove(changed)).isNotEqualTo(filesBefore.remove(changed));
        assertThat(filesAfter).isEqualTo(filesBefore);
    }

    @Test
    void aLinkInTheCopyLeadsNothingOutOfIt() throws Exception {
        write("part 0/deep/below/file.small", 500);
        update(null);
        Path outside = Files.createDirectories(folder.resolve("outside/below"));
        Files.writeString(outside.resolve("file.small"), "not of the copy");
        Files.move(copy.resolve("part 0/deep"), folder.resolve("moved away"));
        Files.createSymbolicLink(copy.resolve("part 0/deep"), outside.getParent());
        write("part 0/deep/below/file.small", 700);
        update(null);
        assertThat(outside.resolve("file.small")).hasContent("not of the copy");
        try (Stream<Path> there = Files.list(outside)) {
            assertThat(there).hasSize(1);
        }
        assertThat(Files.isDirectory(copy.resolve("part 0/deep"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        assertThat(copy.resolve("part 0/deep/below/file.small")).hasSize(700);
    }

    @Test
    void aSmallFileThatGrowsMovesNoLargeOne() throws Exception {
        write("part 0/000.small", 30_000);
        write("part 0/more/one.small", 30_000);
        Complete complete = update(null);
        assertThat(sent(complete)).isLessThanOrEqualTo(4L * CHUNK);
        assertThat(Objects.requireNonNull(complete.updated()).filesPlaced()).isEqualTo(2);
        assertThat(tree(copy)).isEqualTo(tree(original));
    }

    @Test
    void whatIsGoneIsRemovedAndMayBeKept() throws Exception {
        String gone = Files.readString(original.resolve("part 1/001.small"), ISO_8859_1);
        try (Stream<Path> files = Files.list(original.resolve("part 1"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(original.resolve("part 1"));
        write("part 2/002.small", 777);
        Path kept = folder.resolve("old/1");
        int before = tree(copy).size();
        Complete complete = update(kept);
        assertThat(tree(copy)).isEqualTo(tree(original));
        assertThat(copy.resolve("part 1")).doesNotExist();
        assertThat(sent(complete)).isLessThanOrEqualTo(2L * CHUNK);
        int removed = before - tree(original).size();
        assertThat(Objects.requireNonNull(complete.updated()).filesRemoved()).isEqualTo(removed);
        assertThat(tree(kept)).hasSize(removed + 1).containsKey("part 2/002.small");
        assertThat(Files.readString(kept.resolve("part 1/001.small"), ISO_8859_1))
                .isEqualTo(gone);
    }

    @Test
    void whatTheUserChangedStaysBesideAndWhatTheUserAddedStays() throws Exception {
        Files.writeString(copy.resolve("part 4/004.small"), "mine");
        Files.writeString(copy.resolve("part 5/added"), "mine too");
        Files.writeString(copy.resolve("part 6/006.small"), "mine as well");
        Files.delete(original.resolve("part 6/006.small"));
        Files.delete(copy.resolve("part 0/007.small"));
        write("part 3/003.small", 888);
        Complete complete = update(null);
        List<Path> conflicts = Objects.requireNonNull(complete.updated()).conflicts();
        assertThat(conflicts)
                .hasSize(2)
                .allSatisfy(path ->
                        assertThat(path.getFileName().toString()).matches("00[46]\\.small\\.conflict-\\d{8}-\\d{6}"));
        Map<String, Integer> expected = tree(original);
        for (Path conflict : conflicts) {
            assertThat(conflict).content().startsWith("mine");
            expected.put(copy.relativize(conflict).toString(), Arrays.hashCode(Files.readAllBytes(conflict)));
        }
        expected.put("part 5/added", Arrays.hashCode(Files.readAllBytes(copy.resolve("part 5/added"))));
        assertThat(tree(copy)).isEqualTo(expected);
    }

    @Test
    void aCopyThatIsUpToDateIsThereAlready() throws Exception {
        Map<String, Object> before = identities(copy);
        Complete again = update(null);
        assertThat(again.alreadyThere()).isTrue();
        assertThat(sent(again)).isZero();
        assertThat(identities(copy)).isEqualTo(before);
    }

    @Test
    void aNewerVersionEndsTheUpdateToAnOlderOne() throws Exception {
        Key nobodyHasIt = Key.ofContent(new byte[] {1});
        Fetch older = fetching.fetch(FetchOptions.to(new FetchTarget(nobodyHasIt, "", -1, List.of()), copy)
                .updating(Objects.requireNonNull(version))
                .retried(true)
                .build());
        write("part 0/000.small", 30_000);
        update(null);
        assertThat(older.completion()).failsWithin(Duration.ofSeconds(30));
        assertThat(older.status().state()).isEqualTo(FetchState.CANCELLED);
        assertThat(tree(copy)).isEqualTo(tree(original));
    }

    @Test
    void aPartOfAVersionIsRefused() {
        FetchOptions options = FetchOptions.to(
                        new FetchTarget(Objects.requireNonNull(version), "", -1, List.of()), copy)
                .updating(version)
                .only(List.of("*.small"))
                .build();
        assertThat(fetching.fetch(options).completion())
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOfSatisfying(
                        CairnException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(CairnException.Kind.USAGE));
    }

    @Test
    void aFolderIsNotMadeAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("single"), "a file");
        Key single = sharing.share(file)
                .completion()
                .get(60, TimeUnit.SECONDS)
                .share()
                .hash();
        Endpoint known =
                new Endpoint(InetAddress.getLoopbackAddress(), sharing.info().port());
        FetchOptions options = FetchOptions.to(new FetchTarget(single, "", -1, List.of(known)), copy)
                .updating(Objects.requireNonNull(version))
                .build();
        assertThat(fetching.fetch(options).completion())
                .failsWithin(Duration.ofSeconds(60))
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOfSatisfying(
                        CairnException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(CairnException.Kind.EXISTS));
        assertThat(tree(copy)).isEqualTo(tree(original));
    }

    @Test
    void aSingleFileIsUpdatedToo() throws Exception {
        original = Files.write(folder.resolve("film"), new byte[3 * CHUNK]);
        copy = folder.resolve("copy of film");
        version = null;
        update(null);
        Files.write(original, new byte[4 * CHUNK - 5]);
        Complete complete = update(folder.resolve("old"));
        assertThat(copy).hasSameBinaryContentAs(original);
        assertThat(sent(complete)).isLessThanOrEqualTo(CHUNK);
        assertThat(folder.resolve("old/copy of film")).hasSize(3 * CHUNK);
    }

    private Complete update(@Nullable Path keptIn) throws Exception {
        Node.ShareReport report = sharing.share(original, ShareOptions.DEFAULT.in(ShareLayout.ALIGNED))
                .completion()
                .get(60, TimeUnit.SECONDS);
        Key now = report.share().hash();
        Endpoint known =
                new Endpoint(InetAddress.getLoopbackAddress(), sharing.info().port());
        FetchOptions options = FetchOptions.to(new FetchTarget(now, "", -1, List.of(known)), copy)
                .updating(new FetchOptions.Update(version == null ? now : version, keptIn))
                .keepSharing(true)
                .build();
        Complete complete = fetching.fetch(options).completion().get(60, TimeUnit.SECONDS);
        version = now;
        assertThat(complete.path()).isEqualTo(copy);
        assertThat(fetching.shares())
                .filteredOn(share -> share.path().equals(copy))
                .extracting(Node.Share::hash)
                .containsExactly(now);
        return complete;
    }

    private static long sent(Complete complete) {
        return complete.peers().stream()
                .mapToLong(FetchEvent.Contribution::bytes)
                .sum();
    }

    private void write(String name, int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(name.hashCode() + length).nextBytes(bytes);
        Path file = original.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private static Map<String, Integer> tree(Path root) throws IOException {
        Map<String, Integer> tree = new TreeMap<>();
        for (Path file : files(root)) {
            tree.put(root.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
        }
        return tree;
    }

    private static Map<String, Object> identities(Path root) throws IOException {
        Map<String, Object> identities = new TreeMap<>();
        for (Path file : files(root)) {
            BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            identities.put(root.relativize(file).toString(), seen.fileKey() + " " + seen.lastModifiedTime());
        }
        return identities;
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private Node start(String data) throws CairnException {
        return LocalNode.start(NodeConfig.builder(folder.resolve(data))
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .network("updates")
                .lan(false)
                .build());
    }
}
