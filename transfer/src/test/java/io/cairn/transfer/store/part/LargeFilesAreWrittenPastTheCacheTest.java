package io.cairn.transfer.store.part;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.nio.file.ExtendedOpenOption;
import io.cairn.transfer.content.FileSelection;
import io.cairn.transfer.content.OnExisting;
import io.cairn.transfer.content.hashing.PlacedFilesVerifier;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.file.FileOperations;
import io.cairn.transfer.store.file.SharedContent;
import io.cairn.transfer.store.state.StateDatabase;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on the real file system; only the option that some file systems lack is simulated. */
class LargeFilesAreWrittenPastTheCacheTest {
    private static final int LARGE = (33 << 20) + 777;
    private static final int CHUNK = 256 << 10;
    private static final int PAGE = 4 << 10;

    @TempDir
    Path temporary;

    private final Set<FileChannel> direct = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Long> writtenDirectly = new ArrayList<>();
    private int directOpened;
    private boolean hasTheOption = true;
    private @Nullable String directWriteFails;
    private StateDatabase state;
    private SharedContent shared;

    @BeforeEach
    void open() throws Exception {
        state = StateDatabase.open(temporary.resolve("cairn.db"));
        shared = TestShares.share(TestFiles.write(temporary.resolve("source/f"), TestFiles.random(1, LARGE)));
    }

    @AfterEach
    void close() throws IOException {
        state.close();
    }

    @Test
    void wholePagesGoPastItAndTheRestThroughIt() throws Exception {
        PartialContent content = content();
        copyFromPages(content, 0);
        assertIntact(content);
        int chunks = shared.manifest().chunkCount();
        assertThat(writtenDirectly)
                .containsExactlyInAnyOrderElementsOf(java.util.stream.LongStream.range(0, chunks - 1)
                        .mapToObj(chunk -> chunk * CHUNK)
                        .toList());
        assertThat(directOpened).isEqualTo(1);
    }

    @Test
    void whereTheFileSystemHasNoSuchThingItIsTriedOnce() throws Exception {
        hasTheOption = false;
        PartialContent content = content();
        copyFromPages(content, 0);
        assertIntact(content);
        assertThat(directOpened).isEqualTo(1);
        assertThat(writtenDirectly).isEmpty();
    }

    @Test
    void whatCouldNotBeWrittenSoIsWrittenTheUsualWay() throws Exception {
        directWriteFails = "Invalid argument";
        PartialContent content = content();
        copyFromPages(content, 0);
        assertIntact(content);
        assertThat(writtenDirectly).isEmpty();
    }

    @Test
    void itGoesOnWhileLittleIsReadOfWhatIsThere() throws Exception {
        PartialContent content = content();
        content.write(3, page(3, 0));
        assertThat(TestShares.chunk(content, 3)).isEqualTo(TestShares.chunk(shared, 3));
        copyFromPages(content, 0);
        assertIntact(content);
        assertThat(writtenDirectly)
                .as("all but the last, which does not end at a page")
                .hasSize(shared.manifest().chunkCount() - 1);
    }

    @Test
    void itEndsWhenMuchIsReadOfWhatIsThere() throws Exception {
        PartialContent content = content();
        content.write(3, page(3, 0));
        for (int bytes = 0; bytes <= 64 << 20; bytes += CHUNK) {
            assertThat(TestShares.chunk(content, 3)).isEqualTo(TestShares.chunk(shared, 3));
        }
        copyFromPages(content, 0);
        assertIntact(content);
        assertThat(writtenDirectly).containsExactly(3L * CHUNK);
    }

    @Test
    void memoryThatDoesNotBeginAtAPageGoesThroughIt() throws Exception {
        PartialContent content = content();
        copyFromPages(content, 16);
        assertIntact(content);
        assertThat(writtenDirectly).isEmpty();
    }

    private void copyFromPages(PartialContent content, int shift) throws IOException {
        for (int chunk = 0; chunk < shared.manifest().chunkCount(); chunk++) {
            content.write(chunk, page(chunk, shift));
        }
    }

    /** A chunk in memory that starts {@code shift} bytes after a page boundary. */
    private ByteBuffer page(int chunk, int shift) throws IOException {
        ByteBuffer bytes = TestShares.chunk(shared, chunk);
        ByteBuffer memory = ByteBuffer.allocateDirect(CHUNK + 2 * PAGE).alignedSlice(PAGE);
        return memory.position(shift)
                .limit(shift + bytes.remaining())
                .slice()
                .put(bytes)
                .flip();
    }

    private void assertIntact(PartialContent content) throws Exception {
        Manifest manifest = shared.manifest();
        Path target = content.finish();
        content.close();
        var report = PlacedFilesVerifier.verify(manifest, target, done -> {}, () -> false);
        assertThat(report.isIntact()).as("%s", report).isTrue();
        assertThat(Files.size(target)).isEqualTo(LARGE);
    }

    private PartialContent content() throws IOException {
        Manifest manifest = shared.manifest();
        PartPlace place =
                new PartPlace(temporary.resolve("target"), FileSelection.all(manifest), OnExisting.REFUSE, false);
        return new PartOpening(
                        state.fetches(), operations(), new FakeClock(), manifest, place, state.placedFiles(), null)
                .open();
    }

    private FileOperations operations() {
        return (FileOperations) Proxy.newProxyInstance(
                FileOperations.class.getClassLoader(), new Class<?>[] {FileOperations.class}, this::operation);
    }

    private @Nullable Object operation(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("open")) {
            return open((Path) arguments[0], List.of((OpenOption[]) arguments[1]));
        }
        if (method.getName().equals("write") && direct.contains((FileChannel) arguments[0])) {
            if (directWriteFails != null) {
                throw new IOException(directWriteFails);
            }
            assertThat(((ByteBuffer) arguments[2]).remaining() % PAGE).isZero();
            writtenDirectly.add((Long) arguments[1]);
        }
        try {
            return method.invoke(FileOperations.SYSTEM, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }

    private FileChannel open(Path file, List<OpenOption> options) throws IOException {
        boolean past = options.contains(ExtendedOpenOption.DIRECT);
        if (past) {
            directOpened++;
            if (!hasTheOption) {
                throw new UnsupportedOperationException("no such option");
            }
        }
        FileChannel channel = FileOperations.SYSTEM.open(
                file,
                options.stream()
                        .filter(option -> option != ExtendedOpenOption.DIRECT)
                        .toArray(OpenOption[]::new));
        if (past) {
            direct.add(channel);
        }
        return channel;
    }
}
