package io.cairn.shell.command.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cairn.app.Values;
import io.cairn.dht.id.NodeId;
import io.cairn.shell.Cli;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code put}, {@code get} and {@code publish}: their arguments, streams, exit codes and JSON. */
class ValueCommandsTest {
    private static final byte[] BINARY = {0, -1, 10, 27, '[', -128};

    @TempDir
    Path home;

    private Cli cli;
    private NodeId stranger;

    /** Another node shares film.mkv and has two values. */
    @BeforeEach
    void prepare() throws Exception {
        cli = new Cli(home);
        Path film = Files.writeString(home.resolve("film.mkv"), "film");
        stranger = cli.stranger(film).identity.nodeId();
        value("motd", "back at noon".getBytes(StandardCharsets.UTF_8));
        value("binary", BINARY);
        value("film", cli.world.nodes.get(0).shared.get(0).hash().toHex().getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void putPrintsTheNameAndSaysWhereItIsStored() {
        assertThat(cli.run("put", "motd", "hello")).isZero();
        assertThat(cli.out()).isEqualTo("motd@" + own() + "\n");
        assertThat(cli.errLines()).anyMatch(line -> line.matches("stored on 2/2 nodes  sequence [0-9]+"));
        assertThat(content("motd")).isEqualTo("hello");
    }

    @Test
    void aValueComesFromStdinOrFromAFileAsItIs() throws Exception {
        cli.stdin = "from stdin\n";
        assertThat(cli.run("put", "one")).isZero();
        assertThat(content("one")).isEqualTo("from stdin\n");
        assertThat(cli.run("put", "two", "-")).isZero();
        assertThat(content("two")).isEqualTo("from stdin\n");
        Path file = Files.writeString(home.resolve("value"), "from a file\n");
        assertThat(cli.run("put", "three", "@" + file)).isZero();
        assertThat(content("three")).isEqualTo("from a file\n");
    }

    @Test
    void whatIsTooLongOrNoNameIsRefusedBeforeANodeStarts() throws Exception {
        cli.stdin = "x".repeat(513);
        assertThat(cli.run("put", "long")).isEqualTo(2);
        assertThat(cli.run("put", "long", "y".repeat(513))).isEqualTo(2);
        assertThat(cli.run("put", "long", "@" + Files.writeString(home.resolve("long"), "z".repeat(513))))
                .isEqualTo(2);
        assertThat(cli.run("put", "a@b", "x")).isEqualTo(2);
        assertThat(cli.run("put", "", "x")).isEqualTo(2);
        assertThat(cli.run("put", "x", "@" + home.resolve("missing"))).isEqualTo(1);
        assertThat(cli.world.nodes).hasSize(1);
        assertThat(cli.err()).contains("the value is too long", "it has more than 512 bytes", "not a name");
    }

    @Test
    void theLongestValueFits() {
        cli.stdin = "x".repeat(512);
        assertThat(cli.run("put", "long")).isZero();
    }

    @Test
    void aConditionThatIsNotMetIsExitCode8() {
        assertThat(cli.run("put", "motd", "x", "--if-sequence", "0")).isZero();
        cli.setup = node -> cli.world.values.put(
                new Values.Name("motd", node.identity.nodeId()),
                new Values.Read(new Values.Name("motd", node.identity.nodeId()), ByteBuffer.allocate(0), 5, 0));
        assertThat(cli.run("put", "motd", "y", "--if-sequence", "4")).isEqualTo(8);
        assertThat(cli.err()).contains("next:  read it again with get, and give its sequence to --if-sequence");
        assertThat(cli.run("put", "motd", "z", "--if-sequence", "5")).isZero();
    }

    @Test
    void getPrintsTheBytesAndNothingElse() {
        assertThat(cli.run("get", "motd@" + stranger)).isZero();
        assertThat(cli.out()).isEqualTo("back at noon");
        assertThat(cli.run("get", "motd", "--from", stranger.toHex())).isZero();
        assertThat(cli.out()).isEqualTo("back at noonback at noon");
    }

    @Test
    void getOfBytesIsBinarySafe() {
        assertThat(cli.run("get", "binary@" + stranger)).isZero();
        assertThat(cli.outBytes()).isEqualTo(BINARY);
    }

    @Test
    void getWithoutAPublisherIsOfThisNode() {
        cli.stdin = "put mine text\nget mine\nget motd\n";
        assertThat(cli.run()).isEqualTo(3);
        assertThat(cli.out()).isEqualTo("mine@" + own() + "\ntext");
        assertThat(cli.err()).contains("error: no value motd@" + own());
    }

    @Test
    void whatIsNotThereIsExitCode3AndAWrongPublisherExitCode2() {
        assertThat(cli.run("get", "nothing@" + stranger)).isEqualTo(3);
        assertThat(cli.run("get", "motd", "--from", "somebody")).isEqualTo(2);
        assertThat(cli.run("get", "motd@somebody")).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
    }

    @Test
    void inTheShellAValueCannotComeFromStdin() {
        cli.stdin = "put motd\nget motd\n";
        assertThat(cli.run()).isEqualTo(2);
        assertThat(cli.err()).contains("error: a value is missing");
    }

    @Test
    void jsonHasTheContentInBase64AndTextWhereItIsText() {
        assertThat(cli.run("put", "motd", "hello", "--json")).isZero();
        JsonNode put = cli.json("put");
        assertThat(put.get("size").asInt()).isEqualTo(5);
        assertThat(put.get("storedOn").asInt()).isEqualTo(2);
        cli.run("get", "motd@" + stranger, "--json");
        JsonNode value = cli.json("value");
        assertThat(value.get("value").asText()).isEqualTo("back at noon");
        assertThat(value.get("base64").asText()).isEqualTo("YmFjayBhdCBub29u");
        Cli other = new Cli(home);
        other.world.values.putAll(cli.world.values);
        other.run("get", "binary@" + stranger, "--json");
        assertThat(other.json("value").has("value")).isFalse();
        assertThat(other.json("value").get("publisher").asText()).isEqualTo(stranger.toHex());
    }

    @Test
    void aNameThatPointsToAShareStandsForItsHash() {
        Path copy = home.resolve("copy.mkv");
        assertThat(cli.run("fetch", "film@" + stranger, "-o", copy.toString())).isZero();
        assertThat(copy).hasContent("film");
        assertThat(cli.run("find", "film@" + stranger)).isZero();
        assertThat(cli.run("verify", copy.toString(), "film@" + stranger)).isZero();
        assertThat(cli.run("why", "film@" + stranger)).isZero();
    }

    @Test
    void aValueThatIsNoHashIsExitCode2AndAMissingOneExitCode3() {
        assertThat(cli.run("fetch", "motd@" + stranger, "-o", home + "/x")).isEqualTo(2);
        assertThat(cli.err())
                .contains(
                        "error: not the hash of a share: the value motd@" + stranger, "why:   it is \"back at noon\"");
        assertThat(cli.run("fetch", "binary@" + stranger)).isEqualTo(2);
        assertThat(cli.run("fetch", "nothing@" + stranger)).isEqualTo(3);
    }

    @Test
    void publishWritesTheHash() {
        String hash = cli.world.nodes.get(0).shared.get(0).hash().toHex();
        assertThat(cli.run("publish", "newest", hash, "--json")).isZero();
        assertThat(content("newest")).isEqualTo(hash);
        assertThat(cli.json("published").get("hash").asText()).isEqualTo(hash);
        assertThat(cli.run("publish", "newest", "no-share")).isEqualTo(2);
    }

    private void value(String name, byte[] content) {
        Values.Name whole = new Values.Name(name, stranger);
        cli.world.values.put(whole, new Values.Read(whole, ByteBuffer.wrap(content), 1_000, 12));
    }

    private NodeId own() {
        return cli.node().identity.nodeId();
    }

    private String content(String name) {
        Values.Read read = Objects.requireNonNull(cli.world.values.get(new Values.Name(name, own())), "not written");
        return StandardCharsets.UTF_8.decode(read.content().duplicate()).toString();
    }
}
