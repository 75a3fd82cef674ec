package io.cairn.app.doctor.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Numbers that Linux tells in files. On another system the files do not exist, and nothing is known. */
final class ProcFiles {
    private static final int BYTES_MAX = 64 << 10;

    private final Path root;

    /** @param root of the file system; a folder with some of these files in a test */
    ProcFiles(Path root) {
        this.root = root;
    }

    /** The first number after a text in a file; empty if there is none, or it is larger than a long. */
    OptionalLong number(String file, String after) {
        try (InputStream in = Files.newInputStream(root.resolve(file))) {
            String text = new String(in.readNBytes(BYTES_MAX), StandardCharsets.US_ASCII);
            Matcher found =
                    Pattern.compile(Pattern.quote(after) + "\\s*(\\d{1,18})\\b").matcher(text);
            return found.find() ? OptionalLong.of(Long.parseLong(found.group(1))) : OptionalLong.empty();
        } catch (IOException notHere) {
            return OptionalLong.empty();
        }
    }

    /** The number of entries of a folder. */
    OptionalLong entries(String folder) {
        try (Stream<Path> entries = Files.list(root.resolve(folder))) {
            return OptionalLong.of(entries.count());
        } catch (IOException notHere) {
            return OptionalLong.empty();
        }
    }
}
