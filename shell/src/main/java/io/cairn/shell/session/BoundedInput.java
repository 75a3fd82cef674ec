package io.cairn.shell.session;

import io.cairn.app.CairnException;
import io.cairn.app.work.Reasons;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;

/** Content that a command reads from stdin or a file. Read on a thread of its own, so that Ctrl-C can end the wait for a slow source. */
public final class BoundedInput {
    private BoundedInput() {}

    /** Opens what is to be read. */
    @FunctionalInterface
    public interface Opening {
        InputStream open() throws IOException;
    }

    /**
     * Reads stdin.
     *
     * @param what with its article, such as "a value"
     * @param next what to do if the shell has no stdin to give
     * @return at most {@code bytesMax} bytes
     */
    public static byte[] stdin(SessionSource source, String what, int bytesMax, String next)
            throws CairnException, StoppedException {
        InputStream input = source.input()
                .orElseThrow(() -> new CairnException(
                        CairnException.Kind.USAGE,
                        what + " is missing",
                        "the shell reads its lines from stdin, so " + what + " cannot come from there",
                        next));
        return read(source, "stdin", () -> input, bytesMax);
    }

    /**
     * Reads a source to its end, and closes it.
     *
     * @param name for an error
     * @return at most {@code bytesMax} bytes
     */
    public static byte[] read(SessionSource source, String name, Opening opening, int bytesMax)
            throws CairnException, StoppedException {
        CompletableFuture<byte[]> done = new CompletableFuture<>();
        Thread reader = new Thread(
                () -> {
                    try (InputStream input = opening.open()) {
                        done.complete(input.readNBytes(bytesMax));
                    } catch (IOException failure) {
                        done.completeExceptionally(new CairnException(
                                Reasons.kind(failure),
                                "cannot read " + name,
                                Reasons.of(failure),
                                "check it; nothing has been done"));
                    } catch (RuntimeException fault) {
                        done.completeExceptionally(fault);
                    }
                },
                "input");
        reader.setDaemon(true);
        reader.start();
        return source.stops().await(done);
    }
}
