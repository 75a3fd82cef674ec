package io.cairn.shell.output;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The stream for data, unbuffered: each write has either arrived or failed. The first failure is recorded, so that it fails the run even if
 * a library writes without checking (the text of {@code --help}); nothing is written after it. Thread-safe.
 */
public final class Stdout extends OutputStream {
    private final OutputStream stream;
    private final boolean isPipe;
    private @Nullable StdoutFailure failure;

    /**
     * @param isPipe whether it is a pipe or a socket, which has a reader
     */
    Stdout(OutputStream stream, boolean isPipe) {
        this.stream = stream;
        this.isPipe = isPipe;
    }

    /** The first failed write and its reason; null if none failed. */
    public synchronized @Nullable StdoutFailure failure() {
        return failure;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        if (failure != null) {
            throw new IOException("an earlier write to stdout failed");
        }
        try {
            stream.write(bytes, offset, length);
            stream.flush();
        } catch (IOException refused) {
            failure = StdoutFailure.of(refused, isPipe);
            throw refused;
        }
    }
}
