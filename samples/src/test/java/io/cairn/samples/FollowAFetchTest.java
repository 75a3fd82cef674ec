package io.cairn.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One fetch over three nodes is one trace. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FollowAFetchTest {
    private static final Map<String, String> PARENTS = Map.of(
            "lookup", "fetch",
            "dial", "fetch",
            "cairn.Dht/FindValue", "lookup",
            "cairn.Peer/ManifestRequest", "fetch",
            "cairn.Peer/Want", "fetch");

    @Test
    void oneTraceConnectsTheSpansOfThreeNodes(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("hello.txt"), "Hello, cairn.\n".repeat(300_000));
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        List<Path> files = new FollowAFetch(new PrintStream(told, true, StandardCharsets.UTF_8))
                .run(file, folder.resolve("nodes"));

        List<TraceTree.Span> spans = TraceTree.read(files).spans();
        Map<String, TraceTree.Span> byId =
                spans.stream().collect(Collectors.toMap(TraceTree.Span::id, Function.identity()));
        TraceTree.Span fetch = spans.stream()
                .filter(span -> span.name().equals("fetch"))
                .findFirst()
                .orElseThrow();
        assertThat(fetch.parent()).isNull();
        assertThat(spans)
                .as("one fetch is one trace")
                .allMatch(span -> span.trace().equals(fetch.trace()));
        assertThat(spans.stream().map(TraceTree.Span::node).distinct())
                .as("nodes")
                .hasSize(3);
        for (TraceTree.Span span : spans) {
            TraceTree.Span parent = span.parent() == null ? null : byId.get(span.parent());
            if (parent == null) {
                assertThat(span).isEqualTo(fetch);
            } else if (parent.node().equals(span.node())) {
                assertThat(parent.name()).as("the parent of " + span).isEqualTo(PARENTS.get(span.name()));
            } else {
                assertThat(parent.name())
                        .as("what another node answers is what was asked")
                        .isEqualTo(span.name());
                assertThat(parent.node()).isEqualTo(fetch.node());
            }
        }
        assertThat(spans.stream()
                        .filter(span -> !span.node().equals(fetch.node()))
                        .map(TraceTree.Span::name))
                .contains("cairn.Dht/FindValue", "cairn.Peer/ManifestRequest", "cairn.Peer/Want");
        assertThat(told.toString(StandardCharsets.UTF_8))
                .startsWith("trace " + fetch.trace() + System.lineSeparator() + "fetch  ")
                .contains("    cairn.Dht/FindValue", "      cairn.Dht/FindValue", "    cairn.Peer/Want");
    }
}
