package io.cairn.app.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.app.NodeConfig.TraceSettings;
import io.cairn.app.fetch.AppLoop;
import io.cairn.app.json.JsonTree;
import io.cairn.app.node.LocalNode;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.trace.Span;
import io.cairn.dht.trace.Tracer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceFilesAreBoundedTest {
    private static final int LOOP_MILLIS = 1_000;

    private final SplittableRandom random = new SplittableRandom(1);
    private final NodeId node = NodeId.random(random);
    private final AppLoop loop = new AppLoop();

    @TempDir
    Path folder;

    @Test
    void aSpanIsALineOfOpenTelemetrysJson() throws Exception {
        Path path = folder.resolve("traces.json");
        TraceFile file = TraceFile.open(path, TraceFile.BYTES_MAX, node, loop);
        Tracer tracer = new Tracer(loop, random, file);
        Span fetch = tracer.begin("fetch").with("cairn.hash", "ab").add("cairn.bytes", 7);
        Span dial = fetch.child("dial", Span.Kind.CLIENT);
        loop.advance(12);
        dial.fail("refused \"it\"\n");
        fetch.end();
        loop.run(LOOP_MILLIS);
        file.close();

        List<String> lines = Files.readAllLines(path);
        assertThat(lines).hasSize(1);
        JsonTree part = JsonTree.object(lines.get(0).getBytes(StandardCharsets.UTF_8))
                .objects("resourceSpans")
                .get(0);
        assertThat(lines.get(0)).contains("\"service.instance.id\",\"value\":{\"stringValue\":\"" + node.toHex());
        List<JsonTree> spans = part.objects("scopeSpans").get(0).objects("spans");
        JsonTree failed = spans.get(0);
        JsonTree first = spans.get(1);
        assertThat(failed.text("traceId")).hasSize(32).isEqualTo(first.text("traceId"));
        assertThat(failed.text("parentSpanId")).hasSize(16).isEqualTo(first.text("spanId"));
        assertThat(first.has("parentSpanId")).isFalse();
        assertThat(failed.integer("kind")).isEqualTo(3);
        assertThat(failed.child("status").integer("code")).isEqualTo(2);
        assertThat(failed.child("status").text("message")).isEqualTo("refused \"it\"\n");
        assertThat(failed.text("startTimeUnixNano")).isEqualTo("1800000000000000000");
        assertThat(failed.text("endTimeUnixNano")).isEqualTo("1800000000012000000");
        assertThat(first.child("status").has("code")).isFalse();
        assertThat(first.objects("attributes").get(1).child("value").text("intValue"))
                .isEqualTo("7");
    }

    @Test
    void aFullFileIsRenamedAndTheOneBeforeItGoes() throws Exception {
        Path path = folder.resolve("traces.json");
        TraceFile file = TraceFile.open(path, 20_000, node, loop);
        Tracer tracer = new Tracer(loop, random, file);
        for (int i = 0; i < 200; i++) {
            tracer.begin("fetch").with("number", i).end();
            loop.run(LOOP_MILLIS);
        }
        file.close();
        Path before = folder.resolve("traces.json.1");
        assertThat(Files.size(path)).isPositive().isLessThanOrEqualTo(20_000);
        assertThat(Files.size(before)).isBetween(18_000L, 20_000L);
        assertThat(folder.toFile().list()).hasSize(2);
        assertThat(Files.readString(path)).contains("\"intValue\":\"199\"");
    }

    @Test
    void aFileThatCannotBeRenamedIsWrittenAgainOnceItCan() throws Exception {
        Path path = folder.resolve("traces.json");
        Path inTheWay = Files.createDirectories(
                folder.resolve("traces.json.1").resolve("kept")); // a folder with content is not replaced
        TraceFile file = TraceFile.open(path, 2_000, node, loop);
        Tracer tracer = new Tracer(loop, random, file);
        for (int i = 0; i < 20; i++) {
            tracer.begin("fetch").with("number", i).end();
            loop.run(LOOP_MILLIS);
        }
        assertThat(Files.size(path)).isPositive().isLessThanOrEqualTo(2_000);
        Files.delete(inTheWay);
        tracer.begin("fetch").with("number", 20).end();
        loop.run(LOOP_MILLIS);
        file.close();
        assertThat(Files.readString(path)).contains("\"intValue\":\"20\"");
        assertThat(folder.resolve("traces.json.1")).isRegularFile();
    }

    @Test
    void anEarlierFileIsContinued() throws Exception {
        Path path = folder.resolve("traces.json");
        for (int run = 0; run < 2; run++) {
            TraceFile file = TraceFile.open(path, TraceFile.BYTES_MAX, node, loop);
            new Tracer(loop, random, file).begin("fetch").end();
            file.close();
        }
        assertThat(Files.readAllLines(path)).hasSize(2);
    }

    @Test
    void moreSpansThanMayWaitAreLost() throws Exception {
        Path path = folder.resolve("traces.json");
        TraceFile file = TraceFile.open(path, TraceFile.BYTES_MAX, node, loop);
        Tracer tracer = new Tracer(loop, random, file);
        for (int i = 0; i < 2 * TraceFile.WAITING_MAX; i++) {
            tracer.begin("fetch").end();
        }
        loop.run(LOOP_MILLIS);
        file.close();
        assertThat(Files.readString(path).split("\"traceId\"", -1)).hasSize(TraceFile.WAITING_MAX + 1);
    }

    @Test
    void onlyTheOwnerReadsIt() throws Exception {
        Path path = folder.resolve("traces.json");
        TraceFile.open(path, TraceFile.BYTES_MAX, node, loop).close();
        assertThat(Files.getPosixFilePermissions(path)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aFileThatCannotBeWrittenIsSaidSoAtTheStart() {
        assertThatThrownBy(() -> TraceFile.open(folder.resolve("missing").resolve("f"), node, loop))
                .isInstanceOfSatisfying(
                        CairnException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(CairnException.Kind.USAGE));
    }

    @Test
    void aNodeWhoseFileCannotBeWrittenKeepsNoPort() throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, here)) {
            port = free.getLocalPort();
        }
        NodeConfig.Builder config = NodeConfig.builder(folder.resolve("node"))
                .port(port)
                .bind(List.of(here))
                .lan(false);
        TraceSettings unwritable = new TraceSettings(folder.resolve("missing").resolve("f"), List.of());
        assertThatThrownBy(() -> LocalNode.start(config.trace(unwritable).build()))
                .isInstanceOf(CairnException.class)
                .hasMessageContaining("cannot write traces");
        try (Node node = LocalNode.start(config.trace(TraceSettings.OFF).build())) {
            assertThat(node.info().port()).isEqualTo(port);
        }
    }
}
