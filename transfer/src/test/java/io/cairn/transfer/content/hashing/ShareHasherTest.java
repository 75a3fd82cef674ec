package io.cairn.transfer.content.hashing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.transfer.content.UnshareableException;
import io.cairn.transfer.content.manifest.ChunkSizes;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.part.TestFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShareHasherTest {
    @TempDir
    Path temporary;

    @Test
    void digestsAreThoseOfThePlainAlgorithm() throws Exception {
        byte[] content = TestFiles.random(1, 5 * ChunkSizes.BYTES_MIN + 12_345);
        Path file = TestFiles.write(temporary.resolve("file"), content);
        Manifest manifest = TestFiles.manifest(file);
        assertThat(manifest.chunkCount()).isEqualTo(6);
        for (int chunk = 0; chunk < 6; chunk++) {
            int offset = (int) manifest.chunkOffset(chunk);
            byte[] bytes = Arrays.copyOfRange(content, offset, offset + manifest.chunkLength(chunk));
            assertThat(manifest.matches(chunk, DigestUtils.sha1(bytes), DigestUtils.sha256(bytes)))
                    .isTrue();
            assertThat(ChunkVerifier.verifies(manifest, chunk, ByteBuffer.wrap(bytes)))
                    .isTrue();
            ByteBuffer direct =
                    ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
            assertThat(ChunkVerifier.verifies(manifest, chunk, direct)).isTrue();
            assertThat(direct.remaining()).isEqualTo(bytes.length);
            bytes[bytes.length / 2] ^= 1;
            assertThat(ChunkVerifier.verifies(manifest, chunk, ByteBuffer.wrap(bytes)))
                    .isFalse();
            assertThat(ChunkVerifier.verifies(manifest, chunk, ByteBuffer.allocate(bytes.length - 1)))
                    .isFalse();
        }
    }

    @Test
    void aFolderIsOneStreamAndThreadsChangeNothing() throws Exception {
        Path folder = temporary.resolve("folder");
        for (int i = 0; i < 300; i++) {
            TestFiles.write(folder.resolve("d" + i % 7).resolve("f" + i), TestFiles.random(i, i * 37 % 9_000));
        }
        ScannedShare share = ShareScanner.scan(folder);
        Manifest one = new ShareHasher(1).hash(share, hashed -> {}, () -> false);
        Manifest many = new ShareHasher(7).hash(share, hashed -> {}, () -> false);
        assertThat(many.toBytes()).isEqualTo(one.toBytes());
        assertThat(one.chunkCount()).isEqualTo((int) ChunkSizes.count(share.totalBytes(), ChunkSizes.BYTES_MIN));
    }

    @Test
    void timesAndPlacesDoNotMatter() throws Exception {
        Path here = TestFiles.write(temporary.resolve("here/name"), new byte[] {1, 2});
        Path there = TestFiles.write(temporary.resolve("there/name"), new byte[] {1, 2});
        Files.setLastModifiedTime(there, FileTime.fromMillis(1));
        assertThat(TestFiles.manifest(there).hash())
                .isEqualTo(TestFiles.manifest(here).hash());
    }

    @Test
    void progressRisesToTheTotal() throws Exception {
        Path file = TestFiles.write(temporary.resolve("file"), TestFiles.random(2, 3 << 20));
        List<Long> told = new ArrayList<>();
        new ShareHasher().hash(ShareScanner.scan(file), told::add, () -> false);
        assertThat(told).isSorted().hasSize(12).last().isEqualTo(3L << 20);
    }

    @Test
    void hashingStopsWhenAsked() throws IOException {
        Path file = TestFiles.write(temporary.resolve("file"), TestFiles.random(2, 3 << 20));
        ScannedShare share = ShareScanner.scan(file);
        List<Long> told = new ArrayList<>();
        assertThatThrownBy(() -> new ShareHasher().hash(share, told::add, () -> told.size() == 2))
                .isInstanceOf(CancellationException.class);
        assertThat(told).hasSize(2);
    }

    @Test
    void aFileThatChangesMeanwhileIsNamed() throws IOException {
        Path folder = temporary.resolve("folder");
        Path changing = TestFiles.write(folder.resolve("b"), TestFiles.random(3, 600_000));
        TestFiles.write(folder.resolve("a"), TestFiles.random(4, 600_000));
        ScannedShare grown = ShareScanner.scan(folder);
        assertNamed(grown, changing, () -> TestFiles.write(changing, TestFiles.random(3, 600_001)), "changed");
        ScannedShare cut = ShareScanner.scan(folder);
        assertNamed(cut, changing, () -> TestFiles.write(changing, new byte[10]), "changed");
        ScannedShare touched = ShareScanner.scan(folder);
        assertNamed(touched, changing, () -> Files.setLastModifiedTime(changing, FileTime.fromMillis(5)), "changed");
        ScannedShare removed = ShareScanner.scan(folder);
        assertNamed(removed, changing, () -> Files.delete(changing), "removed");
    }

    private static void assertNamed(ScannedShare share, Path file, Change change, String what) throws IOException {
        change.run();
        assertThatThrownBy(() -> new ShareHasher().hash(share, hashed -> {}, () -> false))
                .isInstanceOfSatisfying(
                        UnshareableException.class,
                        refused -> assertThat(refused.path()).isEqualTo(file))
                .hasMessageContaining(what);
    }

    /** A change to a file between scan and hash. */
    private interface Change {
        void run() throws IOException;
    }
}
