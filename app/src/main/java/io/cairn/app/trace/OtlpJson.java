package io.cairn.app.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.cairn.app.Version;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.trace.FinishedSpan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Spans in OpenTelemetry's data model as JSON: ids in hexadecimal, times in nanoseconds as text, whole numbers as text, the keys of
 * Protocol Buffers' JSON. (OTLP 1.x, "JSON Protobuf Encoding".)
 */
final class OtlpJson {
    private static final String NANOS_OF_A_MILLI = "000000";
    private static final int STATUS_ERROR = 2;

    private final JsonFactory factory = new JsonFactory();
    private final Map<String, Object> resource;

    OtlpJson(NodeId node) {
        this.resource =
                Map.of("service.name", "cairn", "service.version", Version.NUMBER, "service.instance.id", node.toHex());
    }

    /** One line with its line feed, in UTF-8. */
    byte[] line(List<FinishedSpan> spans) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512 * spans.size());
        try (JsonGenerator out = factory.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeArrayFieldStart("resourceSpans");
            out.writeStartObject();
            out.writeObjectFieldStart("resource");
            attributes(out, resource);
            out.writeEndObject();
            out.writeArrayFieldStart("scopeSpans");
            out.writeStartObject();
            out.writeObjectFieldStart("scope");
            out.writeStringField("name", "io.cairn");
            out.writeStringField("version", Version.NUMBER);
            out.writeEndObject();
            out.writeArrayFieldStart("spans");
            for (FinishedSpan span : spans) {
                write(out, span);
            }
            out.writeEndArray();
            out.writeEndObject();
            out.writeEndArray();
            out.writeEndObject();
            out.writeEndArray();
            out.writeEndObject();
            out.writeRaw('\n');
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator out, FinishedSpan span) throws IOException {
        out.writeStartObject();
        out.writeStringField("traceId", span.context().traceHex());
        out.writeStringField("spanId", span.context().spanHex());
        if (span.parentHex() != null) {
            out.writeStringField("parentSpanId", span.parentHex());
        }
        out.writeStringField("name", span.name());
        out.writeNumberField("kind", span.kind().number());
        out.writeStringField("startTimeUnixNano", span.startMillis() + NANOS_OF_A_MILLI);
        out.writeStringField("endTimeUnixNano", span.endMillis() + NANOS_OF_A_MILLI);
        attributes(out, span.attributes());
        out.writeObjectFieldStart("status");
        if (span.error() != null) {
            out.writeNumberField("code", STATUS_ERROR);
            out.writeStringField("message", span.error());
        }
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void attributes(JsonGenerator out, Map<String, Object> attributes) throws IOException {
        out.writeArrayFieldStart("attributes");
        for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
            out.writeStartObject();
            out.writeStringField("key", attribute.getKey());
            out.writeObjectFieldStart("value");
            out.writeStringField(
                    attribute.getValue() instanceof Long ? "intValue" : "stringValue",
                    attribute.getValue().toString());
            out.writeEndObject();
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
