package io.cairn.shell.command.directory;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Values;
import io.cairn.shell.session.BoundedInput;
import io.cairn.shell.session.Paths;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The content of a value as the command line has it: a word, a file or stdin, of which at most one byte too many is read. */
final class ValueInput {
    /** One too many is enough to know that a value is too long. */
    private static final int BYTES_MAX = Values.CONTENT_BYTES_MAX + 1;

    private ValueInput() {}

    /**
     * @param word the text itself; {@code -} or none for stdin, {@code @FILE} for a file
     * @throws CairnException of kind USAGE if it is too long, or if the shell has no stdin to give
     */
    static ByteBuffer read(SessionSource source, @Nullable String word) throws CairnException, StoppedException {
        byte[] content;
        if (word == null || word.equals("-")) {
            content = BoundedInput.stdin(source, "a value", BYTES_MAX, "give the value in quotes, or @FILE");
        } else if (word.startsWith("@")) {
            Path file = Paths.of(word.substring(1));
            content = BoundedInput.read(source, file.toString(), () -> Files.newInputStream(file), BYTES_MAX);
        } else {
            content = word.getBytes(StandardCharsets.UTF_8);
        }
        if (content.length > Values.CONTENT_BYTES_MAX) {
            throw new CairnException(
                    Kind.USAGE,
                    "the value is too long",
                    "it has more than " + Values.CONTENT_BYTES_MAX + " bytes",
                    "share it as a file, and publish its hash under the name");
        }
        return ByteBuffer.wrap(content);
    }
}
