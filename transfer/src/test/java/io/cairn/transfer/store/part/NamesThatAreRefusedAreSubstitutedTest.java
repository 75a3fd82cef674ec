package io.cairn.transfer.store.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.transfer.content.FileSelection;
import io.cairn.transfer.content.OnExisting;
import io.cairn.transfer.content.PathGlob;
import io.cairn.transfer.content.hashing.NamesOnDisk;
import io.cairn.transfer.content.hashing.PlacedFilesVerifier;
import io.cairn.transfer.content.hashing.VerificationReport;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.file.FileOperations;
import io.cairn.transfer.store.file.SharedContent;
import io.cairn.transfer.store.state.StateDatabase;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a file system that refuses the same names as Windows, every operation finds the fetched files again. */
class NamesThatAreRefusedAreSubstitutedTest {
    private static final Pattern REFUSED = Pattern.compile(".*[<>:\"|?*].*|.*[. ]|(?i:aux|con)\\..*");

    @TempDir
    Path temporary;

    private SharedContent shared;
    private Manifest manifest;
    private StateDatabase state;
    private Path target;
    private int trials;

    @BeforeEach
    void share() throws Exception {
        Path source = temporary.resolve("source/d");
        for (String name : List.of("a:b", "aux.txt", "dot.", "fine", "q?/x:y", "q?/100%", "50%:x")) {
            TestFiles.write(source.resolve(name), TestFiles.random(name.hashCode(), 300_000));
        }
        Files.createDirectories(source.resolve("empty?"));
        shared = TestShares.share(source);
        manifest = shared.manifest();
        state = StateDatabase.open(temporary.resolve("cairn.db"));
        target = temporary.resolve("d");
    }

    @AfterEach
    void closeState() throws IOException {
        state.close();
    }

    @Test
    void eachIsWrittenWithCodesForWhatIsRefused() throws Exception {
        fetch(open());
        assertThat(files(target))
                .containsExactlyInAnyOrder(
                        "a%3Ab", "%61ux.txt", "dot%2E", "fine", "q%3F/x%3Ay", "q%3F/100%", "50%25%3Ax", "empty%3F");
        assertThat(files(temporary)).noneMatch(name -> name.contains(".cairn-names") || name.contains(".part"));
        assertThat(trials)
                .as("names that are odd in the same way are tried once")
                .isLessThanOrEqualTo(4);
    }

    @Test
    void whatWasSubstitutedIsTold() throws Exception {
        PartialContent content = open();
        fetch(content);
        assertThat(content.substituted())
                .containsAllEntriesOf(Map.of("a:b", "a%3Ab", "q?", "q%3F", "q?/x:y", "x%3Ay", "empty?", "empty%3F"))
                .doesNotContainKeys("fine", "q?/100%");
    }

    @Test
    void verifyingServingAndRepairingFindTheSameFiles() throws Exception {
        fetch(open());
        VerificationReport report = PlacedFilesVerifier.verify(manifest, target, bytes -> {}, () -> false);
        assertThat(report.isIntact()).isTrue();
        assertThat(report.extra()).isEmpty();
        try (SharedContent again = SharedContent.open(manifest, target, SharedContent.stamps(manifest, target))) {
            assertThat(TestShares.chunk(again, 0)).isEqualTo(TestShares.chunk(shared, 0));
        }
        Files.delete(target.resolve("a%3Ab"));
        BitSet bad = new BitSet();
        bad.set(0, manifest.chunkCount());
        try (RepairedContent repaired = RepairedContent.open(manifest, target, bad, refusing())) {
            TestShares.copyAll(shared, repaired);
            repaired.finish();
        }
        assertThat(target.resolve("a%3Ab")).hasSameBinaryContentAs(temporary.resolve("source/d/a:b"));
        assertThat(target.resolve("a:b")).doesNotExist();
    }

    @Test
    void aPartGoesOnWhereItStopped() throws Exception {
        PartialContent first = open();
        TestShares.copy(shared, first, 0, 1, 2);
        first.close();
        PartialContent second = open();
        assertThat(second.have().toBitSet().stream()).containsExactly(0, 1, 2);
        fetch(second);
        assertThat(target.resolve("a%3Ab")).hasSameBinaryContentAs(temporary.resolve("source/d/a:b"));
    }

    @Test
    void moreOfTheShareIsAddedToWhatIsThere() throws Exception {
        fetch(open("a:b"));
        assertThat(files(target)).containsExactly("a%3Ab");
        fetch(open());
        assertThat(PlacedFilesVerifier.verify(manifest, target, bytes -> {}, () -> false)
                        .isIntact())
                .isTrue();
        assertThat(files(target)).hasSize(8);
    }

    @Test
    void namesAreKeptWhereTheFileSystemHoldsThem() throws Exception {
        PartPlace place = new PartPlace(target, FileSelection.all(manifest), OnExisting.REFUSE, false);
        PartialContent content = PartialContent.open(state, new FakeClock(), manifest, place, null);
        fetch(content);
        assertThat(files(target)).contains("a:b", "aux.txt", "dot.", "q?/x:y");
        assertThat(content.substituted()).isEmpty();
    }

    @Test
    void aSubstituteThatIsAnotherFileOfTheShareIsRefused() throws Exception {
        TestFiles.write(temporary.resolve("source/d/a%3Ab"), TestFiles.random(1, 10));
        shared = TestShares.share(temporary.resolve("source/d"));
        manifest = shared.manifest();
        assertThatThrownBy(this::open)
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("cannot hold a file named 'a:b'")
                .hasMessageContaining("'a%3Ab' is another file of the share");
        assertThat(NamesOnDisk.present(manifest, temporary.resolve("source/d")).substituted())
                .isEmpty();
    }

    private void fetch(PartialContent content) throws IOException {
        try (content) {
            TestShares.copyAll(shared, content);
            assertThat(content.finish()).isEqualTo(target);
        }
    }

    private PartialContent open(String... only) throws IOException {
        FileSelection chosen = FileSelection.matching(
                manifest, Stream.of(only).map(PathGlob::nameOrPattern).toList());
        PartPlace place = new PartPlace(target, chosen, OnExisting.REFUSE, false);
        return new PartOpening(state.fetches(), refusing(), new FakeClock(), manifest, place, state.placedFiles(), null)
                .open();
    }

    private FileOperations refusing() {
        return (FileOperations) Proxy.newProxyInstance(
                FileOperations.class.getClassLoader(), new Class<?>[] {FileOperations.class}, this::operation);
    }

    private @Nullable Object operation(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (arguments != null && List.of("open", "make", "createFolder").contains(method.getName())) {
            Path path = (Path) arguments[0];
            trials += path.toString().contains(".cairn-names") ? 1 : 0;
            if (REFUSED.matcher(path.getFileName().toString()).matches()) {
                throw new FileSystemException(path.toString(), null, "Invalid argument");
            }
        }
        try {
            return method.invoke(FileOperations.SYSTEM, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(path -> Files.isRegularFile(path)
                            || path.getFileName().toString().startsWith("empty"))
                    .map(path -> folder.relativize(path).toString())
                    .toList();
        }
    }
}
