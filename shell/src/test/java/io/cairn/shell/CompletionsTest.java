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
                new NodeConfig(folder, 0, true, List.of(), List.of(), "public", false), new FakeNode.World());
        node.share(film, progress -> {}).join();
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
    }
}
