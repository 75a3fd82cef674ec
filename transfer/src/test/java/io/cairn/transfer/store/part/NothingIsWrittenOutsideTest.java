package io.cairn.transfer.store.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.transfer.content.FileSelection;
import io.cairn.transfer.content.OnExisting;
import io.cairn.transfer.content.PathGlob;
import io.cairn.transfer.store.file.SharedContent;
import io.cairn.transfer.store.state.StateDatabase;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links below the chosen folder point elsewhere; their targets stay unchanged. */
class NothingIsWrittenOutsideTest {
    @TempDir
    Path temporary;

    private final byte[] theirs = TestFiles.random(9, 70_000);
    private SharedContent shared;
    private StateDatabase state;
    private Path outside;

    @BeforeEach
    void share() throws Exception {
        Path source = temporary.resolve("source/d");
        TestFiles.write(source.resolve("a"), TestFiles.random(1, 300_000));
        TestFiles.write(source.resolve("sub/b"), TestFiles.random(2, 300_000));
        TestFiles.write(source.resolve("sub/c"), TestFiles.random(3, 1_000));
        shared = TestShares.share(source);
        state = StateDatabase.open(temporary.resolve("cairn.db"));
        outside = Files.createDirectory(temporary.resolve("outside"));
        TestFiles.write(outside.resolve("theirs"), theirs);
    }

    @AfterEach
    void untouched() throws IOException {
        state.close();
        try (Stream<Path> files = Files.list(outside)) {
            assertThat(files).containsExactly(outside.resolve("theirs"));
        }
        assertThat(outside.resolve("theirs")).hasBinaryContent(theirs);
    }

    @Test
    void aRepairFollowsNoLinkToAFile() throws Exception {
        Path copy = copy();
        Files.delete(copy.resolve("a"));
        Files.createSymbolicLink(copy.resolve("a"), outside.resolve("theirs"));
        assertThatThrownBy(() -> RepairedContent.open(shared.manifest(), copy, all()))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("is a link");
    }

    @Test
    void aRepairFollowsNoLinkToAFolder() throws Exception {
        Path copy = copy();
        Files.move(copy.resolve("sub"), temporary.resolve("away"));
        Files.createSymbolicLink(copy.resolve("sub"), outside);
        assertThatThrownBy(() -> RepairedContent.open(shared.manifest(), copy, all()))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("is a link");
    }

    @Test
    void aRepairDoesNotWriteToASecondName() throws Exception {
        Path copy = copy();
        Files.delete(copy.resolve("a"));
        Files.createLink(copy.resolve("a"), outside.resolve("theirs"));
        assertThatThrownBy(() -> RepairedContent.open(shared.manifest(), copy, all()))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("another name");
    }

    @Test
    void aLaterPartIsNotPlacedThroughALink() throws Exception {
        Path target = temporary.resolve("d");
        fetch("a", target);
        Files.createSymbolicLink(target.resolve("sub"), outside);
        assertThatThrownBy(() -> fetch("sub", target))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("is a link");
    }

    @Test
    void aPartIsNotWrittenThroughALink() throws Exception {
        PartialContent content = open("sub", temporary.resolve("d"));
        Files.createSymbolicLink(content.part().resolve("sub"), outside);
        assertThatThrownBy(() -> TestShares.copyAll(shared, content)).isInstanceOf(FileSystemException.class);
        content.discard();
    }

    @Test
    void aCancelledFetchDeletesNothingThroughALink() throws Exception {
        Files.move(outside.resolve("theirs"), outside.resolve("b"));
        PartialContent content = open("a", temporary.resolve("d"));
        Files.createSymbolicLink(content.part().resolve("sub"), outside);
        content.discard();
        Files.move(outside.resolve("b"), outside.resolve("theirs"));
    }

    private Path copy() throws IOException {
        Path copy = temporary.resolve("copy");
        Files.createDirectories(copy.resolve("sub"));
        for (String file : List.of("a", "sub/b", "sub/c")) {
            Files.copy(temporary.resolve("source/d").resolve(file), copy.resolve(file));
        }
        return copy;
    }

    private BitSet all() {
        BitSet all = new BitSet();
        all.set(0, shared.manifest().chunkCount());
        return all;
    }

    private void fetch(String glob, Path target) throws Exception {
        try (PartialContent content = open(glob, target)) {
            TestShares.copyAll(shared, content);
            content.finish();
        }
    }

    private PartialContent open(String glob, Path target) throws Exception {
        PartPlace place = new PartPlace(
                target,
                FileSelection.matching(shared.manifest(), List.of(PathGlob.parse(glob))),
                OnExisting.REFUSE,
                false);
        return PartialContent.open(state, new FakeClock(), shared.manifest(), place, null);
    }
}
