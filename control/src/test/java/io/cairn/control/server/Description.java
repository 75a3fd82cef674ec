package io.cairn.control.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cairn.control.http.ControlApi;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The OpenAPI description, and a validator for the part of JSON Schema that it uses. */
record Description(JsonNode root) {
    static final ObjectMapper JSON = new ObjectMapper();

    static Description read() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(ControlApi.class.getResourceAsStream("openapi.json"), "openapi.json")) {
            return new Description(JSON.readTree(file));
        }
    }

    /** Each as {@code GET /v1/node}. */
    Set<String> requests() {
        Set<String> requests = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : root.get("paths").properties()) {
            path.getValue()
                    .fieldNames()
                    .forEachRemaining(method -> requests.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
        }
        return requests;
    }

    /** The content of an answer: its media type and schema. */
    Map.Entry<String, JsonNode> content(String method, String path, int code) {
        JsonNode responses =
                root.get("paths").get(path).get(method.toLowerCase(Locale.ROOT)).get("responses");
        JsonNode response = responses.has("" + code) ? responses.get("" + code) : responses.get("default");
        Map.Entry<String, JsonNode> content =
                response.get("content").properties().iterator().next();
        return Map.entry(content.getKey(), content.getValue().get("schema"));
    }

    JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? root.at(schema.get("$ref").asText().substring(1)) : schema;
    }

    /** What is wrong with a value; a field that is not described is wrong too. */
    List<String> problems(JsonNode written, JsonNode value, String at) {
        JsonNode schema = resolved(written);
        List<String> problems = new ArrayList<>();
        if (schema.has("oneOf")) {
            List<List<String>> all = new ArrayList<>();
            for (JsonNode one : schema.get("oneOf")) {
                all.add(problems(one, value, at));
            }
            return all.stream().anyMatch(List::isEmpty)
                    ? List.of()
                    : List.of(at + " is none of the variants: " + value + " " + all);
        }
        if (schema.has("const") && !schema.get("const").equals(value)) {
            problems.add(at + " is not " + schema.get("const"));
        }
        if (schema.has("enum") && !contains(schema.get("enum"), value)) {
            problems.add(at + " is not one of " + schema.get("enum") + ": " + value);
        }
        if (schema.has("type") && !isOfType(schema.get("type"), value)) {
            problems.add(at + " is not of type " + schema.get("type") + ": " + value);
        }
        if (value.isArray() && schema.has("items")) {
            for (int index = 0; index < value.size(); index++) {
                problems.addAll(problems(schema.get("items"), value.get(index), at + "[" + index + "]"));
            }
        }
        if (value.isObject() && schema.has("properties")) {
            for (JsonNode required : schema.path("required")) {
                if (!value.has(required.asText())) {
                    problems.add(at + " lacks " + required.asText());
                }
            }
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                JsonNode property = schema.get("properties").get(field.getKey());
                String name = at + "." + field.getKey();
                problems.addAll(
                        property == null
                                ? List.of(name + " is not described")
                                : problems(property, field.getValue(), name));
            }
        }
        return problems;
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        for (JsonNode one : values) {
            if (one.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfType(JsonNode type, JsonNode value) {
        if (type.isArray()) {
            for (JsonNode one : type) {
                if (isOfType(one, value)) {
                    return true;
                }
            }
            return false;
        }
        return switch (type.asText()) {
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> throw new IllegalArgumentException("no type that is used here: " + type);
        };
    }
}
