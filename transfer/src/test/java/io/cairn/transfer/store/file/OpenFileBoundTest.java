package io.cairn.transfer.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.transfer.content.hashing.OutOfDescriptorsException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests one bound across many shares. */
class OpenFileBoundTest {
    private static final int BOUND = 4;
    private static final int SHARES = 20;

    @TempDir
    Path folder;

    private final OpenFileBound bound = new OpenFileBound(256, BOUND);
    private final List<OpenFiles> shares = new ArrayList<>();
    private final List<Integer> opened = new ArrayList<>();
    private int descriptors = Integer.MAX_VALUE;

    @BeforeEach
    void share() throws IOException {
        for (int share = 0; share < SHARES; share++) {
            Path file = Files.writeString(folder.resolve("f" + share), "content");
            int number = share;
            shares.add(new OpenFiles(any -> open(number, file), bound));
        }
    }

    @AfterEach
    void close() throws IOException {
        for (OpenFiles share : shares) {
            share.close();
        }
        assertThat(bound.openCount()).as("files open after all are closed").isZero();
    }

    @Test
    void noMoreFilesStayOpenThanTheBoundHoweverManySharesThereAre() throws IOException {
        for (OpenFiles share : shares) {
            share.use(0, FileChannel::size);
        }
        assertThat(bound.openCount()).isEqualTo(BOUND);
    }

    @Test
    void theFileUsedLongestAgoIsClosedFirst() throws IOException {
        use(0, 1, 2, 3, 0, 4);
        opened.clear();
        use(0, 2, 3, 4);
        assertThat(opened).as("opened again").isEmpty();
        use(1);
        assertThat(opened).containsExactly(1);
    }

    @Test
    void aFileInUseStaysOpenAndTheBoundIsKeptAfterwards() throws IOException {
        shares.get(0).use(0, first -> {
            for (int share = 1; share < SHARES; share++) {
                use(share);
            }
            assertThat(first.isOpen()).isTrue();
        });
        assertThat(bound.openCount()).isLessThanOrEqualTo(BOUND);
    }

    @Test
    void whereTheProcessHasNoDescriptorLeftAnIdleFileIsGivenUpForIt() throws IOException {
        use(0, 1);
        descriptors = 2;
        use(2);
        assertThat(opened).containsExactly(0, 1, 2);
        assertThat(bound.openCount()).isEqualTo(1);
    }

    @Test
    void whereNothingIsIdleTheFailureSaysThatDescriptorsAreShort() throws IOException {
        descriptors = 1;
        shares.get(0)
                .use(
                        0,
                        first -> assertThatThrownBy(() -> use(1))
                                .isInstanceOf(OutOfDescriptorsException.class)
                                .hasMessageContaining("no file descriptor is left")
                                .hasMessageContaining("256"));
        use(1);
    }

    @Test
    void anotherFailureIsPassedOnAsItIs() throws IOException {
        Path gone = folder.resolve("gone");
        try (OpenFiles share = new OpenFiles(file -> FileChannel.open(gone, StandardOpenOption.READ), bound)) {
            assertThatThrownBy(() -> share.use(0, FileChannel::size)).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void whatNobodyUsesIsClosedAfterAWhile() throws IOException {
        use(0, 1, 2);
        bound.closeUnused();
        use(1);
        bound.closeUnused();
        assertThat(bound.openCount()).as("only what was used since").isEqualTo(1);
        bound.closeUnused();
        assertThat(bound.openCount()).isZero();
        use(2);
        assertThat(opened).containsExactly(0, 1, 2, 2);
    }

    @Test
    void theBoundFollowsFromTheLimitOfTheProcess() {
        assertThat(OpenFileBound.ofProcessWith(256).openMax()).isEqualTo(64);
        assertThat(OpenFileBound.ofProcessWith(1_024).openMax()).isEqualTo(448);
        assertThat(OpenFileBound.ofProcessWith(1_048_576).openMax()).isEqualTo(512);
        assertThat(OpenFileBound.ofProcessWith(40).openMax())
                .as("even if it is too much")
                .isEqualTo(16);
    }

    private void use(int... numbers) throws IOException {
        for (int number : numbers) {
            shares.get(number).use(0, FileChannel::size);
        }
    }

    private FileChannel open(int number, Path file) throws IOException {
        if (bound.openCount() >= descriptors) {
            throw new FileSystemException(file.toString(), null, "Too many open files");
        }
        opened.add(number);
        return FileChannel.open(file, StandardOpenOption.READ);
    }
}
