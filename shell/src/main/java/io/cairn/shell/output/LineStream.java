package io.cairn.shell.output;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Prints whole lines of what is written to it, such as log lines, above what is drawn on the screen. */
final class LineStream extends OutputStream {
    private static final int LINE_BYTES_MAX = 1 << 16;

    private final Screen screen;
    private final byte[] line = new byte[LINE_BYTES_MAX];
    private int length;

    LineStream(Screen screen) {
        this.screen = screen;
    }

    @Override
    public synchronized void write(int octet) {
        if (octet != '\n') {
            line[length++] = (byte) octet;
        }
        if (octet == '\n' || length == line.length) {
            screen.print(new String(Arrays.copyOf(line, length), StandardCharsets.UTF_8));
            length = 0;
        }
    }
}
