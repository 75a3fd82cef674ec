package io.cairn.transfer.content.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.transfer.content.manifest.ChunkSizes;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.part.TestFiles;
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

    private Path folder;
    private ScannedShare before;
    private Manifest manifest;

    @BeforeEach
    void shareThreeFilesOfTwoChunks() throws Exception {
        folder = temporary.resolve("folder");
        for (String name : new String[] {"a", "b", "c"}) {
            TestFiles.write(folder.resolve(name), TestFiles.random(name.hashCode(), 2 * CHUNK));
        }
        before = ShareScanner.scan(folder);
        manifest = new ShareHasher(1).hash(before, hashed -> {}, () -> false);
    }

    @Test
    void whatIsAsItWasIsNotHashed() throws Exception {
        assertThat(known()).isEqualTo("xxxxxx");
        UnchangedChunks unchanged = UnchangedChunks.of(before, manifest, before.stamps());
        for (int chunk = 0; chunk < 6; chunk++) {
            assertThat(unchanged.digests(chunk, manifest.chunkOffset(chunk), CHUNK))
                    .usingRecursiveComparison()
                    .isEqualTo(manifest.digests(chunk));
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
    void ofWhatIsSharedForTheFirstTimeNothingIsKnown() {
        assertThat(UnchangedChunks.none(before).digests(0, 0, CHUNK)).isNull();
    }

    /** One character for each current chunk: an x if its digests are known, or else a dot. */
    private String known() throws Exception {
        ScannedShare now = ShareScanner.scan(folder);
        UnchangedChunks unchanged = UnchangedChunks.of(now, manifest, before.stamps());
        StringBuilder known = new StringBuilder();
        int chunk = 0;
        for (long offset = 0; offset < now.totalBytes(); offset += CHUNK) {
            int length = (int) Math.min(CHUNK, now.totalBytes() - offset);
            known.append(unchanged.digests(chunk++, offset, length) == null ? '.' : 'x');
        }
        return known.toString();
    }
}
