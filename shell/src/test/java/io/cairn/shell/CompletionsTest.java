package io.cairn.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.NodeConfig;
import io.cairn.shell.interactive.Suggestions.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionsTest {
    @TempDir
    Path folder;

    @Test
    void offersVerbsLiveHashesNamesAndFiles() throws IOException {
        Path film = Files.write(folder.resolve("my film.mkv"), new byte[10]);
        FakeNode node = new FakeNode(
                NodeConfig.builder(folder).port(0).network("public").lan(false).build(), new FakeNode.World());
        node.share(film).completion().join();
        Completions completions = new Completions(node, new TreeSet<>(List.of("share", "fetch")));

        assertThat(completions.words(List.of())).extracting(Suggestion::word).containsExactly("fetch", "share");
        assertThat(completions.words(List.of("unshare")))
                .extracting(Suggestion::word)
                .containsExactly(FakeNode.hashOf(film).toHex(), "my film.mkv");
        assertThat(completions.words(List.of("verify"))).isEmpty();
        assertThat(completions.words(List.of("verify", "x"))).hasSize(2);
        assertThat(completions.wantsFile(List.of("verify"))).isTrue();
        assertThat(completions.wantsFile(List.of("fetch", "abc", "-o"))).isTrue();
        assertThat(completions.wantsFile(List.of("fetch"))).isFalse();
        assertThat(completions.wantsFile(List.of("share"))).isTrue();
        assertThat(completions.wantsFile(List.of("limit"))).isFalse();
    }

    @Test
    void offersWhatMayBeLimitedAndHowToFetch() {
        FakeNode node = new FakeNode(
                NodeConfig.builder(folder).port(0).network("public").lan(false).build(), new FakeNode.World());
        Completions completions = new Completions(node, new TreeSet<>(List.of("fetch", "limit")));

        assertThat(words(completions, "limit")).containsExactly("up", "down", "lan");
        assertThat(words(completions, "limit", "up")).containsExactly("off");
        assertThat(words(completions, "limit", "lan")).containsExactly("on", "off");
        assertThat(words(completions, "limit", "down", "5MiB/s")).containsExactly("--per-peer");
        assertThat(words(completions, "limit", "lan", "on")).isEmpty();
        assertThat(words(completions, "config")).isEmpty();
        assertThat(words(completions, "fetch", "abc", "--only", "*.jpg", "--rename"))
                .containsExactly("--keep-sharing", "--only", "--output", "--overwrite", "--sequential");
        assertThat(words(completions, "fetch", "abc", "-o")).isEmpty();
    }

    private static List<String> words(Completions completions, String... before) {
        return completions.words(List.of(before)).stream().map(Suggestion::word).toList();
    }
}
