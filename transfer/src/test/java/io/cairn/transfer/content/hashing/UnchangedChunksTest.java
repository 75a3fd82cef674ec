package io.cairn.transfer.content.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.transfer.content.ShareLayout;
import io.cairn.transfer.content.ShareOptions;
import io.cairn.transfer.content.manifest.ChunkSizes;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.part.TestFiles;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnchangedChunksTest {
    private static final int CHUNK = ChunkSizes.BYTES_MIN;

    @TempDir
    Path temporary;

    private ShareLayout layout = ShareLayout.PACKED;
    private Path folder;
    private ScannedShare before;
    private Manifest manifest;

    @BeforeEach
    void shareThreeFilesOfTwoChunks() throws Exception {
        folder = temporary.resolve("folder");
        for (String name : new String[] {"a", "b", "c"}) {
            TestFiles.write(folder.resolve(name), TestFiles.random(name.hashCode(), 2 * CHUNK));
        }
        shareAgain();
    }

    private void shareAgain() throws Exception {
        before = scan();
        manifest = new ShareHasher(1).hash(before, hashed -> {}, () -> false);
    }

    @Test
    void whatIsAsItWasIsNotHashed() throws Exception {
        assertThat(known()).isEqualTo("xxxxxx");
        UnchangedChunks unchanged = UnchangedChunks.of(before, manifest, before.stamps());
        for (int chunk = 0; chunk < 6; chunk++) {
            assertThat(unchanged.digests(chunk)).usingRecursiveComparison().isEqualTo(manifest.digests(chunk));
        }
    }

    @Test
    void aTouchedFileIsHashedAndNoOther() throws Exception {
        Files.setLastModifiedTime(folder.resolve("b"), FileTime.fromMillis(1_000));
        assertThat(known()).isEqualTo("xx..xx");
    }

    @Test
    void aFileOfAnotherLengthMovesThoseAfterIt() throws Exception {
        TestFiles.write(folder.resolve("b"), TestFiles.random(9, 2 * CHUNK + 1));
        assertThat(known()).isEqualTo("xx.....");
    }

    @Test
    void aNewFileAtTheEndMovesNobody() throws Exception {
        TestFiles.write(folder.resolve("d"), TestFiles.random(9, CHUNK));
        assertThat(known()).isEqualTo("xxxxxx.");
    }

    @Test
    void aFileUnderAnotherNameIsAnother() throws Exception {
        Files.move(folder.resolve("c"), folder.resolve("d"));
        assertThat(known()).isEqualTo("xxxx..");
    }

    @Test
    void inAnAlignedShareAFileOfAnotherLengthMovesNobody() throws Exception {
        layout = ShareLayout.ALIGNED;
        TestFiles.write(folder.resolve("a b"), TestFiles.random(3, 100));
        shareAgain();
        TestFiles.write(folder.resolve("a"), TestFiles.random(9, 3 * CHUNK + 1));
        assertThat(known()).isEqualTo("....xxxxx");
        Files.delete(folder.resolve("a b"));
        assertThat(known()).isEqualTo("....xxxx");
        Files.delete(folder.resolve("a"));
        TestFiles.write(folder.resolve("b"), TestFiles.random(9, 2 * CHUNK - 1));
        assertThat(known()).isEqualTo("..xx");
    }

    @Test
    void anAlignedShareKeepsItsChunkSizeAsItGrows() throws Exception {
        layout = ShareLayout.ALIGNED;
        Files.delete(folder.resolve("c"));
        long large = 2_000L * CHUNK;
        try (RandomAccessFile sparse = new RandomAccessFile(folder.resolve("c").toFile(), "rw")) {
            sparse.setLength(large);
        }
        assertThat(UnchangedChunks.of(scan(), manifest, before.stamps()).grid().chunkBytes())
                .isEqualTo(CHUNK);
        layout = ShareLayout.PACKED;
        assertThat(UnchangedChunks.of(scan(), manifest, before.stamps()).grid().chunkBytes())
                .isEqualTo(2 * CHUNK);
    }

    @Test
    void ofWhatIsSharedForTheFirstTimeNothingIsKnown() {
        assertThat(UnchangedChunks.none(before).digests(0)).isNull();
    }

    private ScannedShare scan() throws Exception {
        return ShareScanner.scan(folder, ShareOptions.DEFAULT.in(layout), () -> false);
    }

    /** One character for each current chunk: an x if its digests are known, or else a dot. */
    private String known() throws Exception {
        ScannedShare now = scan();
        UnchangedChunks unchanged = UnchangedChunks.of(now, manifest, before.stamps());
        StringBuilder known = new StringBuilder();
        for (int chunk = 0; chunk < unchanged.grid().count(); chunk++) {
            known.append(unchanged.digests(chunk) == null ? '.' : 'x');
        }
        return known.toString();
    }
}
