package io.cairn.shell.output;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Replaces a standard stream that was closed when Java started: it fails as the system would. */
final class ClosedStreams {
    private static final String WHY = "Bad file descriptor";

    private ClosedStreams() {}

    static InputStream in() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException(WHY);
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException(WHY);
            }
        };
    }

    static OutputStream out() {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException(WHY);
            }
        };
    }
}
