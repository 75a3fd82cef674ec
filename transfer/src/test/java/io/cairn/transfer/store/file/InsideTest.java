package io.cairn.transfer.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes stay inside the chosen folder; a folder that another thread is just creating counts as a folder. */
class InsideTest {
    private static final int LOOKS = 50_000;

    @TempDir
    Path root;

    @Test
    void aFolderThatComesAndGoesIsNoObstacle() throws Exception {
        Path folder = root.resolve("d");
        AtomicBoolean isOver = new AtomicBoolean();
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
            while (!isOver.get()) {
                try {
                    Files.createDirectory(folder);
                    Files.delete(folder);
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            }
        });
        try {
            for (int look = 0; look < LOOKS; look++) {
                Inside.require(root, folder.resolve("f"));
            }
        } finally {
            isOver.set(true);
        }
        assertThat(other).succeedsWithin(Duration.ofMinutes(1));
    }

    @Test
    void aFileOrALinkInTheWayIsTold() throws Exception {
        Files.createFile(root.resolve("file"));
        Files.createSymbolicLink(root.resolve("link"), root);

        assertThatThrownBy(() -> Inside.require(root, root.resolve("file/f")))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("is not a folder");
        assertThatThrownBy(() -> Inside.require(root, root.resolve("link/f")))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("is a link");
        assertThat(Inside.isReached(root, root.resolve("link/f"))).isFalse();
        assertThat(Inside.isReached(root, root.resolve("absent/f"))).isTrue();
    }
}
