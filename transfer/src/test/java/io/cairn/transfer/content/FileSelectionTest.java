package io.cairn.transfer.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.transfer.content.manifest.ChunkSizes;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.SharePath;
import io.cairn.transfer.store.part.TestFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileSelectionTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*.txt          | a.txt            | true",
                "*.txt          | deep/er/a.txt    | true",
                "*.txt          | a.txt.gz         | false",
                "a.txt          | deep/a.txt       | true",
                "/a.txt         | deep/a.txt       | false",
                "./a.txt        | a.txt            | true",
                "deep/*.txt     | deep/a.txt       | true",
                "deep/*.txt     | deep/er/a.txt    | false",
                "deep/**/*.txt  | deep/a.txt       | true",
                "deep/**/*.txt  | deep/e/r/a.txt   | true",
                "**/a.txt       | a.txt            | true",
                "deep/**        | deep/e/r/a.txt   | true",
                "deep           | deep/e/r/a.txt   | true",
                "deep/          | deep/a.txt       | true",
                "er             | deep/er/a.txt    | true",
                "deep/er        | deep/er/a.txt    | true",
                "de?p/?.txt     | deep/a.txt       | true",
                "[a-c].txt      | b.txt            | true",
                "[!a-c].txt     | b.txt            | false",
                "a[.]txt        | axtxt            | false",
                "*.{jpg,png}    | x/y.png          | true",
                "*.{jpg,png}    | x/y.gif          | false",
                "a\\*.txt       | a*.txt           | true",
                "a\\*.txt       | ab.txt           | false",
                "A.txt          | a.txt            | false",
                "a+(b).txt      | a+(b).txt        | true",
                "été *.txt      | été 1.txt        | true"
            })
    void aGlobNamesWhatPeopleExpect(String glob, String path, boolean named) {
        SharePath sharePath = new SharePath(Arrays.asList(path.split("/", -1)));
        assertThat(PathGlob.parse(glob).matches(sharePath))
                .as("%s names %s", glob, path)
                .isEqualTo(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "[a", "{a,b", "{a,{b}}", "a\\", "[z-a]"})
    void aGlobThatMeansNothingIsRefused(String glob) {
        assertThatThrownBy(() -> PathGlob.parse(glob)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theChunksOfAFileAreThoseItHasAByteIn() throws Exception {
        int chunk = ChunkSizes.BYTES_MIN;
        TestFiles.write(folder.resolve("s/a"), TestFiles.random(1, chunk + 1)); // chunks 0 and 1
        TestFiles.write(folder.resolve("s/b"), TestFiles.random(2, chunk - 1)); // chunk 1
        TestFiles.write(folder.resolve("s/c/d"), TestFiles.random(3, 5)); // chunk 2
        TestFiles.write(folder.resolve("s/e"), new byte[0]);
        Manifest manifest = TestFiles.manifest(folder.resolve("s"));

        assertThat(chosen(manifest, "a").chunks().toBitSet().stream()).containsExactly(0, 1);
        assertThat(chosen(manifest, "b").chunks().toBitSet().stream()).containsExactly(1);
        assertThat(chosen(manifest, "c").chunks().toBitSet().stream()).containsExactly(2);
        assertThat(chosen(manifest, "e").chunks().size()).isZero();
        assertThat(chosen(manifest, "b").bytes()).isEqualTo(chunk - 1);
        assertThat(chosen(manifest, "a", "b", "c", "e").isAll()).isTrue();
        assertThat(FileSelection.matching(manifest, List.of()).isAll()).isTrue();
        assertThat(chosen(manifest, "a", "b").without(chosen(manifest, "b").files()).files().stream())
                .containsExactly(0);
        assertThatThrownBy(() -> chosen(manifest, "*.jpg"))
                .isInstanceOf(NothingChosenException.class)
                .hasMessage("none of its 4 files fits; it has a, b, c/d, e");
    }

    @Test
    void aNameThatExistsMeansItselfAndIsNoPattern() throws Exception {
        for (String name : List.of(
                "[1].txt",
                "1.txt",
                "[Group] Show/[01] a.mkv",
                "[Group] Show/0 a.mkv",
                "b{x}.mkv",
                "bx.mkv",
                "[open",
                "-x")) {
            TestFiles.write(folder.resolve("s").resolve(name), new byte[1]);
        }
        Files.createDirectories(folder.resolve("s/[empty]"));
        Manifest manifest = TestFiles.manifest(folder.resolve("s"));

        assertThat(names(manifest, "[1].txt")).containsExactly("[1].txt");
        assertThat(names(manifest, "[Group] Show/[01] a.mkv")).containsExactly("[Group] Show/[01] a.mkv");
        assertThat(names(manifest, "[01] a.mkv")).containsExactly("[Group] Show/[01] a.mkv");
        assertThat(names(manifest, "[Group] Show")).hasSize(2);
        assertThat(names(manifest, "b{x}.mkv")).containsExactly("b{x}.mkv");
        assertThat(names(manifest, "[open")).containsExactly("[open");
        assertThat(names(manifest, "./-x")).containsExactly("-x");
        assertThat(names(manifest, "[0-9].txt")).containsExactly("1.txt");
        assertThat(chosen(manifest, "[empty]").emptyFolders()).hasSize(1);
    }

    @Test
    void eachNameThatAHintPrintsIsChosenWhenPasted() throws Exception {
        List<String> odd = List.of("it's [1]*", "a&b;$x", "\u202e{y}", "-v", "new\nline");
        for (String name : odd) {
            TestFiles.write(folder.resolve("s").resolve(name), new byte[1]);
        }
        Manifest manifest = TestFiles.manifest(folder.resolve("s"));
        assertThatThrownBy(() -> chosen(manifest, "nothing", "[open"))
                .isInstanceOfSatisfying(NothingChosenException.class, nothing -> {
                    assertThat(nothing.patterns()).isEqualTo("nothing '[open'");
                    assertThat(nothing)
                            .hasMessageContaining("'it'\\''s [1]*'")
                            .hasMessageContaining("'a&b;$x'")
                            .hasMessageContaining("./-v")
                            .hasMessageContaining("$'new\\nline'")
                            .hasMessageContaining("$'\\342\\200\\256{y}'")
                            .hasMessageContaining("as a pattern, '[open' is invalid");
                });
    }

    private static List<String> names(Manifest manifest, String glob) throws NothingChosenException {
        return chosen(manifest, glob).files().stream()
                .mapToObj(file -> manifest.files().get(file).path().toString())
                .toList();
    }

    private static FileSelection chosen(Manifest manifest, String... globs) throws NothingChosenException {
        return FileSelection.matching(
                manifest, Arrays.stream(globs).map(PathGlob::nameOrPattern).toList());
    }
}
