package io.cairn.dht;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The test vectors of {@code docs/PROTOCOL.md}: blocks fenced with {@code ```vector NAME}, in which each line is {@code field = value}; an
 * indented line continues the value above.
 */
public final class ProtocolDocument {
    private static final String FENCE = "```";
    private static final String OPENING = FENCE + "vector ";

    private ProtocolDocument() {}

    /** Fields and values by the name of their block, all in the order of the document. */
    public static Map<String, Map<String, String>> vectors() {
        Map<String, Map<String, String>> vectors = new LinkedHashMap<>();
        Map<String, String> block = null;
        String field = "";
        for (String line : lines()) {
            if (line.startsWith(OPENING)) {
                block = new LinkedHashMap<>();
                if (vectors.put(line.substring(OPENING.length()).strip(), block) != null) {
                    throw new IllegalStateException("two vectors of one name: " + line);
                }
            } else if (line.startsWith(FENCE)) {
                block = null;
            } else if (block != null && line.startsWith(" ")) {
                block.merge(field, line.strip(), String::concat);
            } else if (block != null) {
                int sign = line.indexOf(" =");
                field = line.substring(0, sign);
                block.put(field, line.substring(sign + 2).strip());
            }
        }
        return vectors;
    }

    public static String text() {
        return String.join("\n", lines());
    }

    private static List<String> lines() {
        Path file = Path.of("docs", "PROTOCOL.md");
        try {
            return Files.readAllLines(Files.exists(file) ? file : Path.of("..").resolve(file));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
