package io.cairn.samples;

import io.cairn.app.json.JsonTree;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The spans of several trace files as trees. Copy this to look at traces without a collector. */
final class TraceTree {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final List<Span> spans;

    private TraceTree(List<Span> spans) {
        this.spans = spans;
    }

    /**
     * One step of a trace.
     *
     * @param node the id of the node that took it
     * @param parent the span id of the step that caused it; null for the first of a trace
     */
    record Span(
            String trace,
            String id,
            @Nullable String parent,
            String name,
            String node,
            long startNanos,
            long endNanos) {}

    /** Reads files of lines in OpenTelemetry's JSON. */
    static TraceTree read(List<Path> files) throws IOException {
        List<Span> spans = new ArrayList<>();
        for (Path file : files) {
            for (String line : Files.readAllLines(file)) {
                for (JsonTree part :
                        JsonTree.object(line.getBytes(StandardCharsets.UTF_8)).objects("resourceSpans")) {
                    read(part, spans);
                }
            }
        }
        return new TraceTree(spans);
    }

    /** All spans, in the order of their files. */
    List<Span> spans() {
        return List.copyOf(spans);
    }

    /** Prints each trace: a line for each span, below the one that caused it, with its node and its milliseconds. */
    void print(PrintStream out) {
        below(null).forEach(first -> {
            out.println("trace " + first.trace());
            print(out, first, "");
        });
    }

    private void print(PrintStream out, Span span, String indent) {
        long millis = (span.endNanos() - span.startNanos()) / NANOS_PER_MILLI;
        out.printf("%s%s  %d ms  node %.8s%n", indent, span.name(), millis, span.node());
        below(span).forEach(child -> print(out, child, indent + "  "));
    }

    private List<Span> below(@Nullable Span parent) {
        return spans.stream()
                .filter(span -> parent == null
                        ? span.parent() == null
                        : parent.id().equals(span.parent()) && parent.trace().equals(span.trace()))
                .sorted(Comparator.comparingLong(Span::startNanos))
                .toList();
    }

    private static void read(JsonTree part, List<Span> spans) {
        String node = part.child("resource").objects("attributes").stream()
                .filter(attribute -> attribute.text("key").equals("service.instance.id"))
                .map(attribute -> attribute.child("value").text("stringValue"))
                .findFirst()
                .orElse("?");
        for (JsonTree scope : part.objects("scopeSpans")) {
            for (JsonTree span : scope.objects("spans")) {
                spans.add(new Span(
                        span.text("traceId"),
                        span.text("spanId"),
                        span.textOr("parentSpanId", null),
                        span.text("name"),
                        node,
                        Long.parseLong(span.text("startTimeUnixNano")),
                        Long.parseLong(span.text("endTimeUnixNano"))));
            }
        }
    }
}
