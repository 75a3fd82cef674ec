package io.cairn.samples.endtoend;

import static io.cairn.samples.endtoend.Content.KIB;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that break scripts, boundary lengths, and folders with all kinds of entries. */
class OddContentArrivesUnchangedTest {
    @Test
    void filesWithOddNamesAndLengths(@TempDir Path folder) throws IOException {
        try (Machines machines = new Machines(folder)) {
            Machine ann = machines.add("ann");
            List<Path> files = List.of(
                    Content.random(ann.files().resolve("no byte"), 0, 1),
                    Content.random(ann.files().resolve("one byte"), 1, 2),
                    Content.random(ann.files().resolve("two whole chunks"), 512L * KIB, 3),
                    Content.random(ann.files().resolve("a byte more"), 512L * KIB + 1, 4),
                    Content.random(ann.files().resolve("it's \"quoted\" & $HOME; `x` #1 100%.bin"), 1_000, 5),
                    Content.random(ann.files().resolve("two\nlines"), 1_000, 6),
                    Content.random(ann.files().resolve("\u77f3\u585a \u05d2\u05dc \u2713 \ud83e\udea8.bin"), 1_000, 7),
                    Content.random(ann.files().resolve("-o"), 1_000, 8));
            List<String> share = new ArrayList<>(List.of("share"));
            files.forEach(file -> share.add(file.toString()));
            CairnProcess sharing = ann.start(share.toArray(String[]::new));
            Machine ben = machines.add("ben").knowing(sharing);
            for (Path file : files) {
                String name = file.getFileName().toString();
                JsonNode shared = sharing.await(
                        "shared", line -> line.path("name").asText().equals(name));
                CairnProcess fetch = ben.fetch(shared.path("hash").asText());
                assertThat(fetch.exitCode()).as(fetch.transcript()).isZero();
                assertThat(Content.sha256(ben.files().resolve(name))).isEqualTo(Content.sha256(file));
            }
        }
    }

    @Test
    void aFolderWithManySmallFilesAndEmptyFolders(@TempDir Path folder) throws IOException {
        try (Machines machines = new Machines(folder)) {
            Machine ann = machines.add("ann");
            Path album = Files.createDirectories(ann.files().resolve("album"));
            for (int i = 0; i < 300; i++) {
                Path part = Files.createDirectories(album.resolve("part " + i % 7));
                Content.random(part.resolve("stone " + i + ".bin"), i * 37L % 5_000, i);
            }
            Content.random(album.resolve("a large one.bin"), 700L * KIB, 300);
            Files.createDirectories(album.resolve("empty/deeper/deepest"));
            Files.createDirectories(album.resolve("part 3/empty too"));
            Path tool = Content.random(album.resolve("tool.sh"), 10, 301);
            assertThat(tool.toFile().setExecutable(true)).isTrue();
            Map<String, String> original = Content.tree(album);

            CairnProcess sharing = ann.start("share", album.toString());
            String hash = sharing.await("shared").path("hash").asText();
            Machine ben = machines.add("ben").knowing(sharing);
            CairnProcess fetch = ben.fetch(hash);
            assertThat(fetch.exitCode()).as(fetch.transcript()).isZero();
            assertThat(Content.tree(ben.files().resolve("album"))).isEqualTo(original);
            assertThat(ben.files().resolve("album/tool.sh")).isExecutable();
            assertThat(ben.files().resolve("album/a large one.bin").toFile().canExecute())
                    .isFalse();
        }
    }

    @Test
    void aLinkThatLeadsOutOfTheFolderIsLeftOutOrRefused(@TempDir Path folder) throws IOException {
        try (Machines machines = new Machines(folder)) {
            Machine ann = machines.add("ann");
            Path secret = Content.random(ann.files().resolve("secret"), 100, 1);
            Path album = Files.createDirectories(ann.files().resolve("album"));
            Content.random(album.resolve("harmless"), 100, 2);
            Files.createSymbolicLink(album.resolve("way out"), secret);
            CairnProcess strict = ann.start("share", "--strict", album.toString());
            assertThat(strict.exitCode()).as(strict.transcript()).isPositive();
            assertThat(strict.errors()).contains("way out");
            assertThat(strict.said("shared")).isEmpty();
            CairnProcess sharing = ann.start("share", album.toString());
            String hash = sharing.await("shared").path("hash").asText();
            assertThat(sharing.await("shared").path("leftOutCount").asInt()).isEqualTo(1);
            assertThat(sharing.await("shared").path("leftOut").toString()).contains("way out");
            Machine ben = machines.add("ben").knowing(sharing);
            CairnProcess fetch = ben.fetch(hash);
            assertThat(fetch.exitCode()).as(fetch.transcript()).isZero();
            assertThat(ben.files().resolve("album")).isDirectoryContaining("glob:**/harmless");
            assertThat(ben.files().resolve("album/way out")).doesNotExist();
        }
    }

    @Test
    void theTargetIsAFileOrAFolderThatIsMade(@TempDir Path folder) throws IOException {
        try (Machines machines = new Machines(folder)) {
            Machine ann = machines.add("ann");
            Path file = Content.random(ann.files().resolve("stone.bin"), 5_000, 1);
            CairnProcess sharing = ann.start("share", file.toString());
            String hash = sharing.await("shared").path("hash").asText();
            Machine ben = machines.add("ben").knowing(sharing);
            Path target = ben.files().resolve("under another name");
            CairnProcess toFile = ben.start("fetch", hash, "-o", target.toString());
            assertThat(toFile.exitCode()).as(toFile.transcript()).isZero();
            assertThat(Content.sha256(target)).isEqualTo(Content.sha256(file));
            CairnProcess toNewFolder = ben.start("fetch", hash, "-o", ben.files() + "/new/folder/");
            assertThat(toNewFolder.exitCode()).as(toNewFolder.transcript()).isZero();
            assertThat(Content.sha256(ben.files().resolve("new/folder/stone.bin")))
                    .isEqualTo(Content.sha256(file));
        }
    }
}
