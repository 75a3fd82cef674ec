package io.cairn.app.config;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.work.Reasons;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One setting in a configuration file, set by editing its line: comments, order and all other lines stay as they are. The new text is
 * read back before it replaces the file, atomically.
 */
final class ConfigEdit {
    private ConfigEdit() {}

    /**
     * @param file created with its folder if it is missing; a symbolic link stays one
     * @param value in TOML
     * @param texts the same value as {@link ConfigFile} reads it
     */
    static void set(Path file, Set<String> known, String key, String value, List<String> texts) throws CairnException {
        try {
            Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            String text = Files.exists(target) ? Files.readString(target) : "";
            String edited = TomlText.set(text, key, value);
            Map<String, List<String>> expected = new HashMap<>(ConfigFile.parse(file, text, known));
            expected.put(key, texts);
            if (!ConfigFile.parse(file, edited, known).equals(expected)) {
                throw new CairnException(
                        Kind.OTHER,
                        "cannot set " + key + " in " + file,
                        "the line of " + key + " is written in an unusual way",
                        "write " + key + " = " + value + " into the file yourself");
            }
            replace(target, edited);
        } catch (IOException refused) {
            throw new CairnException(
                    Reasons.kind(refused),
                    "cannot write the configuration file " + file,
                    Reasons.of(refused),
                    "make the file and its folder writable, or name another file",
                    refused);
        }
    }

    private static void replace(Path target, String text) throws IOException {
        Path folder = target.resolveSibling(".").normalize();
        Files.createDirectories(folder);
        Path written = Files.createTempFile(folder, ".config", ".new");
        try {
            Files.writeString(written, text);
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                Files.setPosixFilePermissions(written, Files.getPosixFilePermissions(target));
            }
            try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** A text as a TOML string. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(character -> {
            switch (character) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (character < 0x20 || character == 0x7f) {
                        quoted.append(String.format("\\u%04X", character));
                    } else {
                        quoted.appendCodePoint(character);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
