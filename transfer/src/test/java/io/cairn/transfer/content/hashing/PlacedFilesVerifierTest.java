package io.cairn.transfer.content.hashing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.FileSelection;
import io.cairn.transfer.content.PathGlob;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.SharePath;
import io.cairn.transfer.store.part.TestFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacedFilesVerifierTest {
    @TempDir
    Path temporary;

    private Path folder;
    private Manifest manifest;

    @BeforeEach
    void share() throws Exception {
        folder = temporary.resolve("share");
        TestFiles.write(folder.resolve("a"), TestFiles.random(1, 300_000));
        TestFiles.write(folder.resolve("b/c d"), TestFiles.random(2, 400_000));
        TestFiles.write(folder.resolve("e"), TestFiles.random(3, 500_000));
        Files.createDirectories(folder.resolve("void"));
        manifest = TestFiles.manifest(folder);
    }

    @Test
    void whatIsIntactIsCalledIntact() throws Exception {
        assertThat(verify().isIntact()).isTrue();
        assertThat(verify().extra()).isEmpty();
    }

    @Test
    void aPlaceHoldsAShareIfEveryChosenFileIsRight() throws Exception {
        Files.writeString(folder.resolve("note"), "mine");
        assertThat(holds(FileSelection.all(manifest))).isTrue();
        Files.delete(folder.resolve("void"));
        assertThat(holds(FileSelection.all(manifest))).isFalse();
        FileSelection first = FileSelection.matching(manifest, List.of(PathGlob.parse("a")));
        assertThat(holds(first)).isTrue();
        Files.write(folder.resolve("e"), new byte[500_000]);
        assertThat(holds(first)).isTrue();
        assertThat(holds(FileSelection.matching(manifest, List.of(PathGlob.parse("e")))))
                .isFalse();
        Files.write(folder.resolve("a"), new byte[300_001]);
        assertThat(holds(first)).isFalse();
        assertThat(PlacedFilesVerifier.holds(manifest, first, folder.resolve("a"), bytes -> {}, () -> false))
                .as("a file where the share is a folder")
                .isFalse();
    }

    @Test
    void theQuestionWhetherAPlaceHoldsAShareCanBeTakenBack() {
        assertThatThrownBy(() -> PlacedFilesVerifier.holds(
                        manifest, FileSelection.all(manifest), folder, bytes -> {}, () -> true))
                .isInstanceOf(CancellationException.class);
    }

    private boolean holds(FileSelection chosen) throws Exception {
        return PlacedFilesVerifier.holds(manifest, chosen, folder, bytes -> {}, () -> false);
    }

    @Test
    void aFlippedBitIsFoundInItsChunkAndFiles() throws Exception {
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("b/c d").toFile(), "rw")) {
            file.seek(1_000);
            int old = file.read();
            file.seek(1_000);
            file.write(old ^ 1);
        }
        VerificationReport report = verify();
        assertThat(report.isIntact()).isFalse();
        assertThat(report.missing()).isEmpty();
        assertThat(report.badChunks())
                .containsExactly(new VerificationReport.BadChunk(
                        1,
                        List.of(
                                new VerificationReport.FileRange(path("a"), 262_144, 37_856),
                                new VerificationReport.FileRange(path("b", "c d"), 0, 224_288))));
    }

    @Test
    void missingCutAndExtraFilesAreTold() throws Exception {
        Files.delete(folder.resolve("a"));
        Files.delete(folder.resolve("void"));
        TestFiles.write(folder.resolve("e"), TestFiles.random(3, 499_999));
        TestFiles.write(folder.resolve("x/new"), new byte[1]);
        VerificationReport report = verify();
        assertThat(report.missing()).containsExactly(path("a"), path("void"));
        assertThat(report.wrongSizes()).containsExactly(new VerificationReport.WrongSize(path("e"), 500_000, 499_999));
        assertThat(report.extra()).containsExactly("x/", "x/new");
        assertThat(report.badChunks()).map(VerificationReport.BadChunk::chunk).containsExactly(0, 1, 4);
    }

    @Test
    void aSingleFileIsVerifiedUnderAnyName() throws Exception {
        Path file = TestFiles.write(temporary.resolve("one"), TestFiles.random(9, 300_000));
        Manifest single = TestFiles.manifest(file);
        Path moved = Files.move(file, temporary.resolve("other"));
        assertThat(PlacedFilesVerifier.verify(single, moved, done -> {}, () -> false)
                        .isIntact())
                .isTrue();
        assertThat(PlacedFilesVerifier.verify(single, file, done -> {}, () -> false)
                        .missing())
                .containsExactly(path("one"));
        assertThat(PlacedFilesVerifier.verify(single, folder, done -> {}, () -> false)
                        .missing())
                .containsExactly(path("one"));
    }

    @Test
    void onlyTheChunksAskedForAreRead() throws Exception {
        TestFiles.write(folder.resolve("e"), new byte[500_000]);
        BitSet asked = new BitSet();
        asked.set(0);
        asked.set(4);
        assertThat(PlacedFilesVerifier.verifyChunks(manifest, folder, ChunkSet.of(asked, 5)).toBitSet().stream())
                .containsExactly(0);
    }

    @Test
    void verifyingStopsWhenAsked() {
        assertThatThrownBy(() -> PlacedFilesVerifier.verify(manifest, folder, done -> {}, () -> true))
                .isInstanceOf(CancellationException.class);
    }

    private VerificationReport verify() throws IOException, InterruptedException {
        return PlacedFilesVerifier.verify(manifest, folder, done -> {}, () -> false);
    }

    private static SharePath path(String... components) {
        return new SharePath(List.of(components));
    }
}
