package io.cairn.shell;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The inside of {@code $'...'} as in POSIX 2024, which can express every character, even one that no terminal shows.
 *
 * @param text the decoded text
 * @param end the position of the closing quote; the end of the line if there is none
 */
record EscapedQuote(String text, int end) {
    private static final String LETTERS = "abefnrtv";
    private static final String LETTERS_MEAN = "\u0007\b\u001b\f\n\r\t\u000b";

    /** Reads from after the opening quote. Numeric escapes are bytes of UTF-8. */
    static EscapedQuote read(String line, int start) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int at = start;
        while (at < line.length() && line.charAt(at) != '\'') {
            if (line.charAt(at) == '\\' && at + 1 < line.length()) {
                at = escape(line, at + 1, bytes);
            } else {
                int point = line.codePointAt(at);
                bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
                at += Character.charCount(point);
            }
        }
        return new EscapedQuote(bytes.toString(StandardCharsets.UTF_8), at);
    }

    /** Reads an escape after its backslash, and returns the position after it. */
    private static int escape(String line, int start, ByteArrayOutputStream bytes) {
        char c = line.charAt(start);
        if (LETTERS.indexOf(c) >= 0) {
            bytes.write(LETTERS_MEAN.charAt(LETTERS.indexOf(c)));
            return start + 1;
        }
        int end = c == 'x' ? digits(line, start + 1, 2, 16) : digits(line, start, 3, 8);
        int first = c == 'x' ? start + 1 : start;
        if (end > first) {
            bytes.write(Integer.parseInt(line.substring(first, end), c == 'x' ? 16 : 8));
            return end;
        }
        int point =
                line.codePointAt(start); // a quote, backslash, or other character without an escape stands for itself
        bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
        return start + Character.charCount(point);
    }

    private static int digits(String line, int start, int most, int radix) {
        int end = start;
        while (end < Math.min(line.length(), start + most) && Character.digit(line.charAt(end), radix) >= 0) {
            end++;
        }
        return end;
    }
}
