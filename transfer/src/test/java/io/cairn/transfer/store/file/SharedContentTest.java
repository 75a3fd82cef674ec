package io.cairn.transfer.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.transfer.content.ContentChangedException;
import io.cairn.transfer.content.hashing.ChunkVerifier;
import io.cairn.transfer.content.hashing.FileStamp;
import io.cairn.transfer.store.part.TestFiles;
import io.cairn.transfer.store.part.TestShares;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedContentTest {
    @TempDir
    Path temporary;

    @Test
    void anyPartOfAnyChunkIsRead() throws Exception {
        byte[] bytes = TestFiles.random(1, 700_000);
        try (SharedContent content = TestShares.share(TestFiles.write(temporary.resolve("f"), bytes))) {
            assertThat(content.have().isComplete()).isTrue();
            ByteBuffer target = ByteBuffer.allocate(1_100).position(100).limit(1_100);
            content.read(1, 5_000, target);
            assertThat(target.hasRemaining()).isFalse();
            assertThat(Arrays.copyOfRange(target.array(), 100, 1_100))
                    .isEqualTo(Arrays.copyOfRange(bytes, 267_144, 268_144));
            assertThatThrownBy(() -> content.read(2, 175_000, ByteBuffer.allocate(1_000)))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void twoThousandFilesAreServedToManyThreadsWithFewOpen() throws Exception {
        Path folder = temporary.resolve("folder");
        for (int i = 0; i < 2_000; i++) {
            TestFiles.write(folder.resolve("d" + i % 20 + "/f" + i), TestFiles.random(i, 1_500));
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (SharedContent content = TestShares.share(folder)) {
            int chunks = content.manifest().chunkCount();
            List<Future<Boolean>> reads = IntStream.range(0, 10 * chunks)
                    .mapToObj(i -> threads.submit(() -> ChunkVerifier.verifies(
                            content.manifest(), i % chunks, TestShares.chunk(content, i % chunks))))
                    .toList();
            for (Future<Boolean> read : reads) {
                assertThat(read.get()).isTrue();
            }
            assertThat(content.openFileCount())
                    .isBetween(1, OpenFileBound.ofProcess().openMax());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aChangedFileIsNoLongerServed() throws Exception {
        Path file = TestFiles.write(temporary.resolve("f"), TestFiles.random(1, 1_000));
        assertChangeIsNoticed(file, () -> Files.setLastModifiedTime(file, FileTime.fromMillis(5)), "changed");
        assertChangeIsNoticed(file, () -> Files.write(file, TestFiles.random(2, 1_001)), "changed");
        assertChangeIsNoticed(file, () -> Files.delete(file), "removed");
    }

    private void assertChangeIsNoticed(Path file, Change change, String what) throws Exception {
        SharedContent content = TestShares.share(file);
        TestShares.chunk(content, 0);
        List<FileStamp> stamps = SharedContent.stamps(content.manifest(), file);
        change.run();
        assertThatThrownBy(() -> TestShares.chunk(content, 0))
                .isInstanceOfSatisfying(
                        ContentChangedException.class,
                        changed -> assertThat(changed.path()).isEqualTo(file))
                .hasMessageContaining(what);
        assertThatThrownBy(() -> content.checkUnchanged()).isInstanceOf(ContentChangedException.class);
        assertThatThrownBy(() -> SharedContent.open(content.manifest(), file, stamps))
                .isInstanceOf(ContentChangedException.class);
        content.close();
    }

    @Test
    void anotherFileOfTheSameSizeAndTimeIsReadAnew() throws Exception {
        Path file = TestFiles.write(temporary.resolve("f"), new byte[] {1, 1});
        try (SharedContent content = TestShares.share(file)) {
            TestShares.chunk(content, 0);
            Path other = TestFiles.write(temporary.resolve("other"), new byte[] {2, 2});
            Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
            Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
            assertThat(TestShares.chunk(content, 0).get()).isEqualTo((byte) 2);
        }
    }

    @Test
    void anInterruptedReaderDoesNotDisturbOthers() throws Exception {
        Path file = TestFiles.write(temporary.resolve("f"), TestFiles.random(1, 1_000));
        try (SharedContent content = TestShares.share(file)) {
            TestShares.chunk(content, 0);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> TestShares.chunk(content, 0)).isInstanceOf(ClosedByInterruptException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(TestShares.chunk(content, 0).remaining()).isEqualTo(1_000);
        }
    }

    @Test
    void aClosedContentServesNothing() throws Exception {
        SharedContent content = TestShares.share(TestFiles.write(temporary.resolve("f"), new byte[10]));
        content.close();
        assertThatThrownBy(() -> TestShares.chunk(content, 0)).isInstanceOf(IOException.class);
    }

    /** A change to a shared file. */
    private interface Change {
        void run() throws IOException;
    }
}
