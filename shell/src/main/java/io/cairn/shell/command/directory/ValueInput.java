package io.cairn.shell.command.directory;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Values;
import io.cairn.app.work.Reasons;
import io.cairn.shell.session.Paths;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The content of a value as the command line has it: a word, a file or stdin, of which at most one byte too many is read. */
final class ValueInput {
    private ValueInput() {}

    /**
     * @param word the text itself; {@code -} or none for stdin, {@code @FILE} for a file
     * @throws CairnException of kind USAGE if it is too long, or if the shell has no stdin to give
     */
    static ByteBuffer read(SessionSource source, @Nullable String word) throws CairnException, StoppedException {
        byte[] content;
        if (word == null || word.equals("-")) {
            InputStream input = source.input().orElse(null);
            if (input == null) {
                throw new CairnException(
                        Kind.USAGE,
                        "a value is missing",
                        "the shell reads its lines from stdin, so a value cannot come from there",
                        "give the value in quotes, or @FILE");
            }
            content = read(source, "stdin", () -> input);
        } else if (word.startsWith("@")) {
            Path file = Paths.of(word.substring(1));
            content = read(source, file.toString(), () -> Files.newInputStream(file));
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

    /** Reads on a thread of its own, so that Ctrl-C can end the wait for a slow source. */
    private static byte[] read(SessionSource source, String name, Opening opening)
            throws CairnException, StoppedException {
        CompletableFuture<byte[]> done = new CompletableFuture<>();
        Thread reader = new Thread(
                () -> {
                    try (InputStream input = opening.open()) {
                        done.complete(input.readNBytes(Values.CONTENT_BYTES_MAX + 1));
                    } catch (IOException failure) {
                        done.completeExceptionally(new CairnException(
                                Reasons.kind(failure),
                                "cannot read " + name,
                                Reasons.of(failure),
                                "check it; nothing has been written"));
                    } catch (RuntimeException fault) {
                        done.completeExceptionally(fault);
                    }
                },
                "value-input");
        reader.setDaemon(true);
        reader.start();
        return source.stops().await(done);
    }

    private interface Opening {
        InputStream open() throws IOException;
    }
}
