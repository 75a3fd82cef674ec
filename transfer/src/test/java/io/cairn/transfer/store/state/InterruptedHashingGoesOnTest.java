package io.cairn.transfer.store.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.transfer.content.hashing.ScannedShare;
import io.cairn.transfer.content.hashing.ShareHasher;
import io.cairn.transfer.content.hashing.ShareScanner;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.part.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptedHashingGoesOnTest {
    private static final int CHUNK = 262_144;

    @TempDir
    Path temporary;

    private StateDatabase state;
    private Path folder;
    private Manifest right;

    @BeforeEach
    void interrupt() throws Exception {
        state = StateDatabase.open(temporary.resolve("cairn.db"));
        folder = temporary.resolve("share");
        TestFiles.write(folder.resolve("a"), TestFiles.random(1, 5 * CHUNK));
        TestFiles.write(folder.resolve("b"), TestFiles.random(2, 5 * CHUNK));
        right = TestFiles.manifest(folder);
        AtomicLong hashed = new AtomicLong();
        assertThatThrownBy(() -> new ShareHasher(1)
                        .hash(scan(), state.hashJournal(), hashed::set, () -> hashed.get() >= 6L * CHUNK))
                .isInstanceOf(CancellationException.class);
        assertThat(state.hashJournal().read()).hasSize(6);
    }

    @AfterEach
    void close() throws IOException {
        state.close();
    }

    @Test
    void withoutReadingAgainWhatWasHashed() throws Exception {
        damageUnnoticed("a"); // reading it would change the hash
        assertThat(hash()).isEqualTo(right);
        assertThat(state.hashJournal().read()).isEmpty();
        assertThat(hash()).as("once hashed to the end all is read").isNotEqualTo(right);
    }

    @Test
    void aFileThatChangedIsReadAgain() throws Exception {
        damageUnnoticed("a");
        Path file = folder.resolve("a");
        Files.setLastModifiedTime(
                file, FileTime.fromMillis(Files.getLastModifiedTime(file).toMillis() + 5_000));
        assertThat(hash()).isNotEqualTo(right).isEqualTo(TestFiles.manifest(folder));
    }

    private Manifest hash() throws Exception {
        return new ShareHasher().hash(scan(), state.hashJournal(), hashed -> {}, () -> false);
    }

    private ScannedShare scan() throws IOException {
        return ShareScanner.scan(folder);
    }

    private void damageUnnoticed(String name) throws IOException {
        Path file = folder.resolve(name);
        FileTime time = Files.getLastModifiedTime(file);
        byte[] content = Files.readAllBytes(file);
        content[0] ^= 1;
        Files.write(file, content);
        Files.setLastModifiedTime(file, time);
    }
}
