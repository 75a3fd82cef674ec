package io.cairn.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Catalogue.Listing;
import io.cairn.app.Contacts;
import io.cairn.app.NodeConfig;
import io.cairn.app.Services;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.Service;
import io.cairn.shell.interactive.Suggestions.Suggestion;
import io.cairn.shell.output.Streams;
import io.cairn.shell.session.Stops;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class CompletionsTest {
    @TempDir
    Path folder;

    @Test
    void offersVerbsLiveHashesNamesAndFiles() throws IOException {
        Path film = Files.write(folder.resolve("my film.mkv"), new byte[10]);
        FakeNode node = new FakeNode(
                NodeConfig.builder(folder).port(0).network("public").lan(false).build(), new FakeNode.World());
        node.share(film).completion().join();
        Completions completions = completions(node);

        assertThat(words(completions))
                .contains("fetch", "quit", "share")
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(completions.words(List.of("unshare")))
                .extracting(Suggestion::word)
                .containsExactly(ManifestsForTests.hashOf(film).toHex(), "my film.mkv");
        assertThat(words(completions, "verify")).containsExactly("--repair");
        assertThat(words(completions, "verify", "x"))
                .containsExactly(ManifestsForTests.hashOf(film).toHex(), "my film.mkv", "--repair");
        assertThat(completions.wantsFile(List.of("verify"))).isTrue();
        assertThat(completions.wantsFile(List.of("fetch", "abc", "-o"))).isTrue();
        assertThat(completions.wantsFile(List.of("fetch"))).isFalse();
        assertThat(completions.wantsFile(List.of("share"))).isTrue();
        assertThat(completions.wantsFile(List.of("limit"))).isFalse();
    }

    @Test
    void offersWhatOthersListAndWhoLists() {
        FakeNode node = new FakeNode(
                NodeConfig.builder(folder).port(0).network("public").lan(false).build(), new FakeNode.World());
        Key hash = Key.ofContent(new byte[] {1});
        NodeId ann = NodeId.random(new Random(1));
        NodeId other = NodeId.random(new Random(2));
        node.catalogue.listed.add(new Listing(ann, "ann", hash, "film.mkv", 1, false, 1, 0, false));
        node.catalogue.listed.add(new Listing(other, null, hash, "film.mkv", 1, false, 1, 0, false));
        for (String odd : List.of("\u202egpj.exe", "two\nlines", "--output", "ab".repeat(20))) {
            node.catalogue.listed.add(new Listing(other, null, hash, odd, 1, false, 1, 0, false));
        }
        Completions completions = completions(node);
        assertThat(words(completions, "fetch")).startsWith(hash.toHex(), "film.mkv", "--output");
        assertThat(words(completions, "browse")).containsExactly("ann", other.toHex());
    }

    @Test
    void completesTheWordsOfACode() {
        FakeNode node = new FakeNode(
                NodeConfig.builder(folder).port(0).network("public").lan(false).build(), new FakeNode.World());
        Completions completions = completions(node);

        assertThat(completions.words(List.of("receive"), "7"))
                .extracting(Suggestion::word)
                .noneMatch(word -> word.startsWith("7"));
        assertThat(completions.words(List.of("receive"), "7-orb"))
                .extracting(Suggestion::word)
                .contains("7-orbit-");
        assertThat(completions.words(List.of("receive"), "7-orbit-la"))
                .extracting(Suggestion::word)
                .contains("7-orbit-lamp")
                .doesNotContain("7-orbit-lion");
        assertThat(completions.words(List.of("receive", "7-orbit-lamp"), "8-"))
                .extracting(Suggestion::word)
                .noneMatch(word -> word.startsWith("8-"));
        assertThat(completions.wantsFile(List.of("send"))).isTrue();
    }

    @Test
    void offersWhatMayBeLimitedAndHowToFetch() {
        FakeNode node = new FakeNode(
                NodeConfig.builder(folder).port(0).network("public").lan(false).build(), new FakeNode.World());
        Completions completions = completions(node);

        assertThat(words(completions, "limit")).containsExactly("up", "down", "lan", "--per-peer");
        assertThat(words(completions, "limit", "up")).containsExactly("off", "--per-peer");
        assertThat(words(completions, "limit", "lan")).containsExactly("on", "off");
        assertThat(words(completions, "limit", "down", "5MiB/s")).containsExactly("--per-peer");
        assertThat(words(completions, "limit", "lan", "on")).isEmpty();
        assertThat(words(completions, "config")).isEmpty();
        assertThat(words(completions, "fetch", "abc", "--only", "*.jpg", "--rename"))
                .contains("--keep-sharing", "--only", "--output", "--overwrite", "--sequential")
                .doesNotContain("--rename");
        assertThat(words(completions, "fetch", "abc", "-o")).isEmpty();
    }

    @Test
    void offersTheServicesToWithdrawAndTheSharesToPublish() throws IOException {
        Path film = Files.write(folder.resolve("film.mkv"), new byte[10]);
        FakeNode node = new FakeNode(
                NodeConfig.builder(folder).port(0).network("public").lan(false).build(), new FakeNode.World());
        node.share(film).completion().join();
        Service service = new Service("office", List.of("printer"), "ipp://h/p", Map.of());
        node.services
                .announce(new Services.Announcement(service, Services.TTL_SECONDS, false))
                .join();
        Completions completions = completions(node);

        assertThat(words(completions, "withdraw")).containsExactly("office");
        assertThat(words(completions, "publish")).isEmpty();
        assertThat(words(completions, "publish", "newest")).contains("film.mkv");
        assertThat(words(completions, "discover", "printer")).containsExactly("--watch");
        assertThat(words(completions, "announce", "office"))
                .contains("--capability", "--endpoint", "--meta", "--ttl", "--foreground");
    }

    @Test
    void offersTheOptionsOfEachVerbAtOnceAndEachCandidateOnce() throws IOException {
        Path film = Files.write(folder.resolve("film.mkv"), new byte[10]);
        FakeNode node = new FakeNode(
                NodeConfig.builder(folder).port(0).network("public").lan(false).build(), new FakeNode.World());
        node.share(film).completion().join();
        CommandLine commands = commands(node);
        Completions completions = new Completions(node, commands);

        for (String verb : commands.getSubcommands().keySet()) {
            List<String> offered = words(completions, verb);
            List<String> options = commands.getSubcommands().get(verb).getCommandSpec().options().stream()
                    .filter(option -> !option.usageHelp())
                    .map(OptionSpec::longestName)
                    .toList();
            assertThat(offered).as(verb).containsAll(options).doesNotHaveDuplicates();
        }
        assertThat(words(completions, "find"))
                .containsExactly(ManifestsForTests.hashOf(film).toHex(), "film.mkv");
        assertThat(completions.wantsFile(List.of("share", "--torrent"))).isTrue();
        assertThat(completions.wantsFile(List.of("share", "--exclude"))).isFalse();
    }

    @Test
    void offersThePeersToConnectTo() {
        FakeNode.World world = new FakeNode.World();
        FakeNode node = new FakeNode(
                NodeConfig.builder(folder).port(0).network("public").lan(false).build(), world);
        FakeNode other = new FakeNode(
                NodeConfig.builder(folder).port(0).network("public").lan(false).build(), world);

        assertThat(completions(node).words(List.of("connect")))
                .extracting(Suggestion::about)
                .containsExactlyElementsOf(node.peers().stream()
                        .map(peer -> peer.node().toShortString())
                        .toList())
                .contains(other.info().node().toShortString());
    }

    @Test
    void offersContactsAndGroupsWhereANodeIsMeant() {
        FakeNode.World world = new FakeNode.World();
        FakeNode node = new FakeNode(
                NodeConfig.builder(folder).port(0).network("public").lan(false).build(), world);
        FakeNode other = new FakeNode(
                NodeConfig.builder(folder).port(0).network("public").lan(false).build(), world);
        Completions completions = completions(node);
        assertThat(words(completions, "contacts")).contains("add", "remove", "group", "--known");
        assertThat(words(completions, "contacts", "add", "ann"))
                .contains(other.info().node().toHex());
        node.contacts().add("ann", other.info().node()).join();
        node.contacts().setGroup(new Contacts.Group("lab", List.of("ann"))).join();
        assertThat(words(completions, "get", "motd", "--from")).containsExactly("ann");
        assertThat(words(completions, "contacts", "remove")).contains("ann");
        assertThat(words(completions, "contacts", "group")).contains("lab");
        assertThat(words(completions, "contacts", "group", "lab", "ann")).contains("ann");
        assertThat(words(completions, "contacts", "add", "ann"))
                .doesNotContain(other.info().node().toHex());
        assertThat(completions.words(List.of("connect")))
                .extracting(Suggestion::about)
                .contains("ann");
    }

    private Completions completions(FakeNode node) {
        return new Completions(node, commands(node));
    }

    private CommandLine commands(FakeNode node) {
        Streams silent = new Streams(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                false,
                false,
                false,
                () -> 80);
        Program program =
                new Program(silent, Map.of(), folder, config -> node, new Cli(folder).verifier, new Stops(code -> {}));
        CommandLine commands = new CommandLine(CommandSpec.create());
        Commands.addShell(commands, program, () -> {});
        return commands;
    }

    private static List<String> words(Completions completions, String... before) {
        return completions.words(List.of(before)).stream().map(Suggestion::word).toList();
    }
}
