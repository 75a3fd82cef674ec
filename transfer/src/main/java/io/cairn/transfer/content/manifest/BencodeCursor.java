package io.cairn.transfer.content.manifest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A strict one-pass reader of bencoded bytes (BEP 3): numbers in their shortest form, keys sorted and unique. The caller names the
 * values it expects; all others are checked, counted and skipped. Only the values that the caller takes are allocated, so a stranger's
 * input never costs more memory than its own size.
 */
final class BencodeCursor {
    /** Longest key in bytes. */
    private static final int KEY_BYTES_MAX = 255;

    private final byte[] bytes;
    private final int end;
    private final ManifestLimits limits;
    private int position;
    private int passedValues;
    private boolean ranOut;

    /** Reads the bytes from a start, inclusive, to an end, exclusive. */
    BencodeCursor(byte[] bytes, int start, int end, ManifestLimits limits) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
        this.limits = limits;
    }

    /** Whether the input failed only because it is truncated. */
    boolean ranOut() {
        return ranOut;
    }

    /** Reads the value of a key. */
    interface Entry {
        void read(String key) throws InvalidManifestException;
    }

    /** Reads one item. */
    interface Item {
        void read() throws InvalidManifestException;
    }

    /** Where the next value starts. */
    int position() {
        return position;
    }

    /** Reads a dictionary. The entry is called with the cursor at each value and must read or skip it. */
    void dictionary(String what, Entry entry) throws InvalidManifestException {
        begin('d', what + " is not a dictionary");
        @Nullable String last = null;
        while (peek() != 'e') {
            String key = key();
            if (last != null && key.compareTo(last) <= 0) {
                throw wrong("keys that are not sorted or not unique");
            }
            last = key;
            entry.read(key);
        }
        position++;
    }

    /** Reads a list. The item is called with the cursor at each value and must read or skip it. */
    void list(String what, Item item) throws InvalidManifestException {
        begin('l', what + " is not a list");
        while (peek() != 'e') {
            item.read();
        }
        position++;
    }

    /** Reads a number. */
    long whole(String what) throws InvalidManifestException {
        begin('i', what + " is not a number");
        return number('e');
    }

    /** Reads text. */
    String text(String what, int bytesMax) throws InvalidManifestException {
        int length = stringLength(what);
        if (length > bytesMax) {
            throw wrong(what + " has " + length + " bytes, at most " + bytesMax + " are allowed");
        }
        int start = take(length);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, length))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw wrong(what + " is not UTF-8");
        }
    }

    /** Reads a string of exactly this length in bytes and returns its position. The length is checked before the bytes are available. */
    int string(String what, long length) throws InvalidManifestException {
        int found = stringLength(what);
        if (found != length) {
            throw wrong(what + " has " + found + " bytes instead of " + length);
        }
        return take(found);
    }

    /** Skips a value under an unknown key. The number of such values is bounded, and so are the bytes of each. */
    void skip() throws InvalidManifestException {
        int start = position;
        skip(1);
        limitPassed(position - start);
    }

    /** Checks that nothing follows. */
    void end() throws InvalidManifestException {
        if (position != end) {
            throw wrong("something follows the end");
        }
    }

    InvalidManifestException wrong(String what) {
        return new InvalidManifestException(what + ", at byte " + position);
    }

    private void skip(int depth) throws InvalidManifestException {
        if (depth > limits.depthMax()) {
            throw wrong("nested deeper than " + limits.depthMax());
        }
        if (++passedValues > limits.unknownValuesMax()) {
            throw wrong("more than " + limits.unknownValuesMax() + " values of unknown keys");
        }
        switch (peek()) {
            case 'i' -> whole("a value");
            case 'l' -> list("a value", () -> skip(depth + 1));
            case 'd' -> dictionary("a value", key -> skip(depth + 1));
            default -> {
                int length = stringLength("a value");
                limitPassed(length);
                take(length);
            }
        }
    }

    private void limitPassed(int length) throws InvalidManifestException {
        if (length > limits.unknownBytesMax()) {
            throw wrong("an unknown key with more than " + limits.unknownBytesMax() + " bytes");
        }
    }

    private String key() throws InvalidManifestException {
        int length = stringLength("a key");
        if (length > KEY_BYTES_MAX) {
            throw wrong("a key of " + length + " bytes");
        }
        return new String(bytes, take(length), length, StandardCharsets.ISO_8859_1);
    }

    private void begin(char kind, String otherwise) throws InvalidManifestException {
        if (peek() != kind) {
            throw wrong(otherwise);
        }
        position++;
    }

    private int stringLength(String what) throws InvalidManifestException {
        if (peek() < '0' || peek() > '9') {
            throw wrong(what + " is not a string");
        }
        long length = number(':');
        if (length > limits.bytesMax()) {
            throw wrong(what + " has " + length + " bytes");
        }
        return (int) length;
    }

    private int take(int length) throws InvalidManifestException {
        if (length > end - position) {
            ranOut = true;
            throw wrong("a string of " + length + " bytes that ends early");
        }
        position += length;
        return position - length;
    }

    private long number(char last) throws InvalidManifestException {
        int start = position;
        boolean negative = peek() == '-';
        if (negative) {
            position++;
        }
        int digits = position;
        long value = 0;
        while (peek() != last) {
            int digit = peek() - '0';
            if (digit < 0 || digit > 9 || position - start >= 19) {
                throw wrong("a bad number");
            }
            value = 10 * value + digit;
            position++;
        }
        boolean leadingZero = bytes[digits] == '0' && (position - digits > 1 || negative);
        if (position == digits || leadingZero || value < 0) {
            throw wrong("a bad number");
        }
        position++;
        return negative ? -value : value;
    }

    private byte peek() throws InvalidManifestException {
        if (position >= end) {
            ranOut = true;
            throw wrong("an early end");
        }
        return bytes[position];
    }
}
