package io.cairn.app.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShareWatchTest {
    /** Some systems check for changes only every few seconds. */
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final Key A = Key.ofContent(new byte[] {1});
    private static final Key B = Key.ofContent(new byte[] {2});
    private static final Key ALBUM = Key.ofContent(new byte[] {3});

    @TempDir
    Path folder;

    private final ShareWatch watch = ShareWatch.open();
    private Path a;
    private Path b;
    private Path album;

    @BeforeEach
    void share() throws Exception {
        a = Files.writeString(folder.resolve("a"), "a");
        b = Files.writeString(folder.resolve("b"), "b");
        album = Files.createDirectories(folder.resolve("album"));
        Files.writeString(Files.createDirectory(album.resolve("deep")).resolve("one"), "one");
        watch.watch(A, a, Set.of(folder));
        watch.watch(B, b, Set.of(folder));
        watch.watch(ALBUM, null, Set.of(album, album.resolve("deep")));
    }

    @AfterEach
    void close() throws Exception {
        watch.close();
    }

    @Test
    void ofTheFilesOfOneFolderOnlyThoseThatWereTouched() throws Exception {
        Files.writeString(folder.resolve("neighbour"), "not shared");
        Files.writeString(a, "changed");
        assertThat(touchedUntil(A)).containsExactly(A);
        Files.writeString(b, "changed");
        assertThat(touchedUntil(B)).contains(B).doesNotContain(ALBUM);
    }

    @Test
    void aFileThatIsRemovedOrReplaced() throws Exception {
        Files.delete(a);
        assertThat(touchedUntil(A)).containsExactly(A);
        Files.move(Files.writeString(folder.resolve("new"), "new"), b, StandardCopyOption.REPLACE_EXISTING);
        assertThat(touchedUntil(B)).contains(B);
    }

    @Test
    void anythingInAFolderThatIsShared() throws Exception {
        Files.writeString(album.resolve("deep/one"), "changed");
        assertThat(touchedUntil(ALBUM)).containsExactly(ALBUM);
        Files.writeString(album.resolve("two"), "new");
        assertThat(touchedUntil(ALBUM)).containsExactly(ALBUM);
    }

    @Test
    void allSharesOfOneFile() throws Exception {
        Key again = Key.ofContent(new byte[] {4});
        watch.watch(again, a, Set.of(folder));
        Files.writeString(a, "changed");
        assertThat(touchedUntil(again)).containsExactlyInAnyOrder(A, again);
    }

    @Test
    void notWhatIsNotSharedAnyMore() throws Exception {
        watch.unwatch(A);
        watch.unwatch(ALBUM);
        Files.writeString(album.resolve("two"), "new");
        Files.writeString(a, "changed");
        Files.writeString(b, "changed");
        assertThat(touchedUntil(B)).containsExactly(B);
        watch.watch(ALBUM, null, Set.of(album));
        Files.writeString(album.resolve("three"), "new");
        assertThat(touchedUntil(ALBUM)).contains(ALBUM).doesNotContain(A);
    }

    @Test
    void nothingWhenItIsClosed() throws Exception {
        watch.close();
        Files.writeString(a, "changed");
        assertThat(watch.touched()).isEmpty();
        watch.watch(B, null, Set.of(album.resolve("deep"), folder.resolve("..")));
        watch.unwatch(A);
        assertThat(watch.touched()).isEmpty();
    }

    /** The loss itself may be reported again, so the test waits for more than one change. */
    @Test
    void aFolderThatWasAwayAndIsBackWhenItIsWatchedAgain() throws Exception {
        Key lost = Key.ofContent(new byte[] {5});
        Path away = Files.createDirectory(folder.resolve("away"));
        watch.watch(lost, null, Set.of(away));
        Files.delete(away);
        Files.createDirectory(away);
        assertThat(touchedUntil(lost)).contains(lost);
        for (int change = 0; change < 3; change++) {
            watch.watch(lost, null, Set.of(away));
            Files.writeString(away.resolve("file" + change), "new");
            assertThat(touchedUntil(lost)).contains(lost);
        }
    }

    /** Collects the touched shares until a share is among them. */
    private Set<Key> touchedUntil(Key share) {
        Set<Key> touched = new LinkedHashSet<>();
        for (long began = System.nanoTime(); !touched.contains(share); Thread.onSpinWait()) {
            assertThat(System.nanoTime() - began).as("waited for %s", share).isLessThan(DEADLINE_NANOS);
            touched.addAll(watch.touched());
        }
        return touched;
    }
}
