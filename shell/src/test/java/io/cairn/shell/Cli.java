package io.cairn.shell;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.app.Verifier;
import io.cairn.app.Verifier.VerifyReport;
import io.cairn.shell.output.Streams;
import io.cairn.shell.session.Stops;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs the program in this process against fake nodes, and keeps its output. */
public final class Cli {
    public final FakeNode.World world = new FakeNode.World();
    final List<Integer> halted = new ArrayList<>();
    public final Stops stops = new Stops(halted::add);
    public final Map<String, String> environment = new LinkedHashMap<>();
    public Consumer<FakeNode> setup = node -> {};
    public Verifier verifier = (path, manifest, progress) ->
            new VerifyReport(List.of(), manifest.chunkCount(), List.of(), List.of(), List.of());
    OutputStream stdout = new ByteArrayOutputStream();
    final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    public String stdin = "";

    /** In place of {@link #stdin}. */
    public @Nullable InputStream in;

    public boolean inTerminal;
    public boolean outTerminal;
    public boolean errTerminal;

    @Nullable
    public CairnException startFailure;

    private final @Nullable Path home;

    public Cli(@Nullable Path home) {
        this.home = home;
    }

    public int run(String... words) {
        Streams streams = new Streams(
                in == null ? new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)) : in,
                stdout,
                stderr,
                inTerminal,
                outTerminal,
                errTerminal,
                () -> 80);
        return new Program(streams, environment, home, this::start, verifier, stops).run(words);
    }

    private Node start(NodeConfig config) throws CairnException {
        if (startFailure != null) {
            throw startFailure;
        }
        FakeNode node = new FakeNode(config, world);
        setup.accept(node);
        return node;
    }

    public FakeNode node() {
        return world.nodes.get(world.nodes.size() - 1);
    }

    /** Another node in the world, which shares a file. */
    public FakeNode stranger(Path file) {
        Path folder = Objects.requireNonNull(home, "a stranger's files need a place");
        FakeNode other = new FakeNode(
                NodeConfig.builder(folder).port(0).network("public").lan(false).build(), world);
        other.share(file).completion().join();
        return other;
    }

    public String out() {
        return stdout.toString();
    }

    public byte[] outBytes() {
        return ((ByteArrayOutputStream) stdout).toByteArray();
    }

    public String err() {
        return stderr.toString(StandardCharsets.UTF_8);
    }

    public List<String> outLines() {
        return out().lines().toList();
    }

    public List<String> errLines() {
        return err().lines().toList();
    }

    /** Every line of stdout as an object. */
    public List<JsonNode> json() {
        ObjectMapper mapper = new ObjectMapper();
        return outLines().stream()
                .map(line -> {
                    try {
                        return mapper.readTree(line);
                    } catch (IOException malformed) {
                        throw new UncheckedIOException(line, malformed);
                    }
                })
                .toList();
    }

    public JsonNode json(String type) {
        return json().stream()
                .filter(object -> object.get("type").asText().equals(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type + " in " + out()));
    }
}
