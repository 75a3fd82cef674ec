package io.cairn.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.app.CairnException;
import io.cairn.app.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryBelongsToOneNodeTest {
    @TempDir
    Path folder;

    @Test
    void aSecondNodeIsRefusedAndToldWhoHasIt() throws Exception {
        Path path = folder.resolve("a/b");
        try (DataDirectory first = DataDirectory.open(path)) {
            assertThat(first.path()).isEqualTo(path);
            assertThatThrownBy(() -> DataDirectory.open(path)).isInstanceOfSatisfying(CairnException.class, refused -> {
                assertThat(refused).hasMessageContaining(path.toString());
                assertThat(refused.why())
                        .contains("process " + ProcessHandle.current().pid());
                assertThat(refused.reason()).isEqualTo(Reason.USE_ANOTHER_DATA_DIRECTORY);
                assertThat(refused.facts())
                        .containsExactly(
                                Map.entry("path", path.toString()),
                                Map.entry(
                                        "process", "" + ProcessHandle.current().pid()));
            });
        }
    }

    @Test
    void itIsFreeAgainAfterClose() throws Exception {
        DataDirectory.open(folder).close();
        DataDirectory again = DataDirectory.open(folder);
        assertThat(again.path()).isEqualTo(folder);
        again.close();
    }

    @Test
    void onlyItsOwnerMayLookInside() throws Exception {
        Path path = folder.resolve("private");
        try (DataDirectory directory = DataDirectory.open(path)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void oneThatOthersMayLookIntoIsClosedToThem() throws Exception {
        Path path = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        DataDirectory.open(path).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.resolve("lock"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aFolderWithTheUsersOwnFilesKeepsItsRights() throws Exception {
        Path path = Files.createDirectory(folder.resolve("mixed"));
        Files.writeString(path.resolve("letter.txt"), "mine");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        DataDirectory.open(path).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rwxr-xr-x");
    }

    @Test
    void aFileInItsPlaceIsRefusedWithAReason() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> DataDirectory.open(file.resolve("below")))
                .isInstanceOfSatisfying(
                        CairnException.class,
                        refused -> assertThat(refused.why()).contains(file.toString()));
    }
}
