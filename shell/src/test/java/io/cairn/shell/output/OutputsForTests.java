package io.cairn.shell.output;

import java.io.InputStream;
import java.io.OutputStream;

/** Outputs whose lines a test reads. */
public final class OutputsForTests {
    private static final int COLUMNS = 120;

    private OutputsForTests() {}

    /** One that writes progress and notes to a stream, and drops data. */
    public static Output notes(OutputStream stderr, boolean animated) {
        Streams streams = new Streams(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                stderr,
                false,
                false,
                animated,
                () -> COLUMNS);
        return new Output(streams, new Output.Format(false, false, 0, Style.PLAIN, animated), failure -> {});
    }
}
