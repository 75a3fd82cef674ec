package io.cairn.transfer.content.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                " leading and trailing ",
                "it's \"quoted\"",
                "two\nlines",
                "tab\t",
                "日本語.txt",
                "Ünïcödé",
                "🗿",
                ".hidden",
                "..almost",
                "a..b",
                "12:30",
                "dot.",
                "aux.c",
                "console",
                "com10",
                "-rf",
                "*?<>|",
                "\u0001",
                "é",
                "e\u0301"
            })
    void oddNamesAreAllowed(String name) {
        assertThat(PathRules.problemWithName(name)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ".", "..", "...", " ", ". .", "a/b", "/", "a\\b", "..\\x", "nul\0", "con", "CON", "Nul", "aux",
                "prn", "com1", "LPT9", "com¹", "conin$", "\ud800"
            })
    void dangerousNamesAreRefused(String name) {
        assertThat(PathRules.problemWithName(name)).isNotNull();
        assertThatThrownBy(() -> new SharePath(List.of("a", name))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNameHasAtMost255Bytes() {
        assertThat(PathRules.problemWithName("é".repeat(127) + "x")).isNull();
        assertThat(PathRules.problemWithName("é".repeat(128))).contains("256 bytes");
    }

    @Test
    void aPathIsBounded() {
        assertThat(PathRules.problemWithPath(List.of())).isNotNull();
        assertThat(PathRules.problemWithPath(
                        "a".repeat(128).chars().mapToObj(Character::toString).toList()))
                .isNull();
        assertThat(PathRules.problemWithPath(
                        "a".repeat(129).chars().mapToObj(Character::toString).toList()))
                .contains("deeper");
        String name = "x".repeat(249);
        assertThat(PathRules.problemWithPath(java.util.Collections.nCopies(12, name)))
                .isNull();
        assertThat(PathRules.problemWithPath(java.util.Collections.nCopies(13, name)))
                .contains("3000");
    }

    @Test
    void pathsThatOneFolderCannotHoldCollide() {
        assertThat(collision(List.of("a", "b/a", "c/a"))).isNull();
        assertThat(collision(List.of("Makefile", "makefile")))
                .contains("makefile")
                .contains("Makefile");
        assertThat(collision(List.of("a", "a"))).isNotNull();
        assertThat(collision(List.of("a", "a/b"))).isNotNull();
        assertThat(collision(List.of("a/b", "a"))).isNotNull();
        assertThat(collision(List.of("A/b", "a/c"))).isNotNull();
        assertThat(collision(List.of("é", "e\u0301"))).isNotNull();
        assertThat(collision(List.of("É", "e\u0301"))).isNotNull();
        assertThat(collision(List.of("name", "name."))).isNotNull();
        assertThat(collision(List.of("name", "name "))).isNotNull();
        assertThat(collision(List.of("STRASSE", "straße"))).isNotNull();
    }

    @Test
    void emptyFoldersAreEmpty() {
        assertThat(collision(List.of("a/b"), "a/c", "d")).isNull();
        assertThat(collision(List.of("a/b"), "a")).isNotNull();
        assertThat(collision(List.of("a/b"), "a/b")).isNotNull();
        assertThat(collision(List.of("a/b"), "a/b/c")).isNotNull();
        assertThat(collision(List.of(), "a", "a/b")).isNotNull();
        assertThat(collision(List.of(), "a", "A")).isNotNull();
    }

    private static @org.jspecify.annotations.Nullable String collision(List<String> files, String... emptyFolders) {
        PathTable table = new PathTable(100);
        return java.util.stream.Stream.concat(
                        files.stream().map(file -> table.add(path(file), PathTable.Kind.FILE)),
                        Arrays.stream(emptyFolders).map(folder -> table.add(path(folder), PathTable.Kind.EMPTY_FOLDER)))
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static SharePath path(String slashed) {
        return new SharePath(List.of(slashed.split("/")));
    }
}
