package io.cairn.app.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.cairn.app.CairnException;
import io.cairn.app.Reason;
import io.cairn.app.work.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A configuration file in TOML. Each key is the name of an option without its leading dashes. */
final class ConfigFile {
    private static final long LENGTH_BYTES_MAX = 1 << 20; // ample for a file written by hand

    private ConfigFile() {}

    /**
     * @param known the valid keys
     * @return each key's values as text: one for a plain value, any number for an array
     */
    static Map<String, List<String>> read(Path file, Set<String> known) throws CairnException {
        try {
            if (Files.size(file) > LENGTH_BYTES_MAX) {
                throw refused(file, "it is longer than 1 MiB");
            }
            return parse(file, Files.readString(file), known);
        } catch (IOException unreadable) {
            throw refused(file, Reasons.of(unreadable));
        }
    }

    /** The same for a text that the file is to hold. */
    static Map<String, List<String>> parse(Path file, String text, Set<String> known) throws CairnException {
        try {
            JsonNode root = new TomlMapper().readTree(text);
            Map<String, List<String>> values = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> entry : root.properties()) {
                if (!known.contains(entry.getKey())) {
                    throw refused(
                            file, "there is no option \"" + entry.getKey() + "\"; known: " + String.join(", ", known));
                }
                values.put(entry.getKey(), texts(file, entry.getKey(), entry.getValue()));
            }
            return values;
        } catch (JsonProcessingException malformed) {
            throw refused(file, "it is not TOML: " + malformed.getOriginalMessage());
        }
    }

    private static List<String> texts(Path file, String key, JsonNode value) throws CairnException {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : value.isArray() ? value : List.of(value)) {
            if (!element.isValueNode()) {
                throw refused(file, "\"" + key + "\" must be a plain value or a list of them");
            }
            texts.add(element.asText());
        }
        return texts;
    }

    private static CairnException refused(Path file, String why) {
        return new CairnException(
                CairnException.Kind.USAGE,
                "cannot use the configuration file " + file,
                why,
                Reason.CORRECT_THE_CONFIGURATION_FILE
                        .says("correct the file, or name another one")
                        .and("path", file));
    }
}
