package io.cairn.control.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Makes {@code docs/API.md} from the description and the example: {@code main} writes it, a test compares it. */
final class ApiDocument {
    static final Path FILE = Path.of("..", "docs", "API.md");

    private final Description description;
    private final StringBuilder text = new StringBuilder();

    private ApiDocument(Description description) {
        this.description = description;
    }

    public static void main(String[] arguments) throws IOException {
        Files.writeString(FILE, text());
    }

    static String text() throws IOException {
        ApiDocument document = new ApiDocument(Description.read());
        document.introduce();
        document.requests();
        document.types();
        return document.text.toString();
    }

    static String example() throws IOException {
        return resource("example.sh");
    }

    private static String resource(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(ApiDocument.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void introduce() throws IOException {
        text.append(resource("introduction.md").replace("EXAMPLE", example().strip()));
    }

    private void requests() {
        text.append("\n## Requests\n");
        for (Map.Entry<String, JsonNode> path : description.root().get("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                request(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), method.getValue());
            }
        }
    }

    private void request(String title, JsonNode request) {
        text.append("\n### ")
                .append(title)
                .append("\n\n")
                .append(request.get("summary").asText())
                .append(".\n\n");
        for (JsonNode parameter : request.path("parameters")) {
            text.append("- `")
                    .append(parameter.get("name").asText())
                    .append("` (")
                    .append(parameter.get("in").asText())
                    .append("): ")
                    .append(parameter.get("description").asText())
                    .append('\n');
        }
        JsonNode body = request.at("/requestBody/content/application~1json/schema");
        if (!body.isMissingNode()) {
            text.append("- body: ").append(name(body)).append('\n');
        }
        for (Map.Entry<String, JsonNode> response : request.get("responses").properties()) {
            if (!response.getKey().equals("default")) {
                text.append("- ").append(response.getKey()).append(": ");
                for (Map.Entry<String, JsonNode> content :
                        response.getValue().path("content").properties()) {
                    text.append(name(content.getValue().get("schema")))
                            .append(" as `")
                            .append(content.getKey())
                            .append("`. ");
                }
                text.append(response.getValue().get("description").asText()).append('\n');
            }
        }
    }

    private void types() {
        text.append("\n## Types\n");
        for (Map.Entry<String, JsonNode> type :
                description.root().at("/components/schemas").properties()) {
            JsonNode schema = type.getValue();
            text.append("\n### ")
                    .append(type.getKey())
                    .append("\n\n")
                    .append(schema.get("description").asText())
                    .append("\n\n| field | type | |\n|---|---|---|\n");
            String required = schema.path("required").toString();
            for (Map.Entry<String, JsonNode> field : schema.get("properties").properties()) {
                boolean isOptional = !required.contains("\"" + field.getKey() + "\"");
                text.append("| `")
                        .append(field.getKey())
                        .append("` | ")
                        .append(name(field.getValue()))
                        .append(isOptional ? ", optional" : "")
                        .append(" | ")
                        .append(field.getValue().path("description").asText())
                        .append(" |\n");
            }
        }
    }

    private static String name(JsonNode schema) {
        if (schema.has("$ref")) {
            String type = schema.get("$ref").asText().replaceFirst(".*/", "");
            return "[" + type + "](#" + type.toLowerCase(Locale.ROOT) + ")";
        } else if (schema.has("oneOf")) {
            return joined(schema.get("oneOf"), ", ");
        } else if (schema.has("const")) {
            return "`" + schema.get("const").asText() + "`";
        } else if (schema.has("enum")) {
            return StreamSupport.stream(schema.get("enum").spliterator(), false)
                    .map(value -> "`" + value.asText() + "`")
                    .collect(Collectors.joining(", "));
        } else if (schema.get("type").isArray()) {
            return StreamSupport.stream(schema.get("type").spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(" or "));
        } else if (schema.has("items")) {
            return "list of "
                    + (schema.get("items").has("properties") ? fields(schema.get("items")) : name(schema.get("items")));
        } else if (schema.has("properties")) {
            return fields(schema);
        }
        return schema.get("type").asText();
    }

    private static String fields(JsonNode schema) {
        return schema.get("properties").properties().stream()
                .map(field -> "`" + field.getKey() + "`")
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String joined(JsonNode schemas, String separator) {
        return StreamSupport.stream(schemas.spliterator(), false)
                .map(ApiDocument::name)
                .collect(Collectors.joining(separator));
    }
}
