package io.cairn.transfer.content;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads bencoded bytes (BEP 3), strictly: numbers in their shortest form, keys sorted and unique, nothing after the value. Costs one
 * pass and at most {@link ManifestLimits#valuesMax()} objects.
 */
final class BencodeReader {
    private final byte[] bytes;
    private final ManifestLimits limits;
    private int position;
    private int values;

    private BencodeReader(byte[] bytes, ManifestLimits limits) {
        this.bytes = bytes;
        this.limits = limits;
    }

    static Bencode read(byte[] bytes, ManifestLimits limits) throws InvalidManifestException {
        if (bytes.length > limits.bytesMax()) {
            throw new InvalidManifestException("longer than " + limits.bytesMax() + " bytes: " + bytes.length);
        }
        BencodeReader reader = new BencodeReader(bytes, limits);
        Bencode value = reader.value(0);
        if (reader.position != bytes.length) {
            throw reader.wrong("something follows the end");
        }
        return value;
    }

    private Bencode value(int depth) throws InvalidManifestException {
        if (++values > limits.valuesMax()) {
            throw wrong("more than " + limits.valuesMax() + " values");
        }
        if (depth > limits.depthMax()) {
            throw wrong("nested deeper than " + limits.depthMax());
        }
        return switch (peek()) {
            case 'i' -> whole();
            case 'l' -> items(depth);
            case 'd' -> dictionary(depth);
            default -> new Bencode.ByteString(byteString());
        };
    }

    private Bencode whole() throws InvalidManifestException {
        position++;
        return new Bencode.Whole(number('e'));
    }

    private Bencode items(int depth) throws InvalidManifestException {
        position++;
        List<Bencode> items = new ArrayList<>(0);
        while (peek() != 'e') {
            items.add(value(depth + 1));
        }
        position++;
        return new Bencode.Items(items.isEmpty() ? List.of() : items);
    }

    private Bencode dictionary(int depth) throws InvalidManifestException {
        position++;
        if (peek() == 'e') {
            position++;
            return Bencode.Dictionary.EMPTY;
        }
        SortedMap<String, Bencode> entries = new TreeMap<>();
        @Nullable String last = null;
        while (peek() != 'e') {
            String key = new String(byteString(), StandardCharsets.ISO_8859_1);
            if (last != null && key.compareTo(last) <= 0) {
                throw wrong("keys that are not sorted or not unique");
            }
            last = key;
            entries.put(key, value(depth + 1));
        }
        position++;
        return new Bencode.Dictionary(entries);
    }

    private byte[] byteString() throws InvalidManifestException {
        if (peek() < '0' || peek() > '9') {
            throw wrong("no value");
        }
        long length = number(':');
        if (length > bytes.length - position) {
            throw wrong("a string of " + length + " bytes that ends early");
        }
        position += (int) length;
        return Arrays.copyOfRange(bytes, position - (int) length, position);
    }

    private long number(char end) throws InvalidManifestException {
        int start = position;
        boolean negative = peek() == '-';
        if (negative) {
            position++;
        }
        int digits = position;
        long value = 0;
        while (peek() != end) {
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
        if (position >= bytes.length) {
            throw wrong("an early end");
        }
        return bytes[position];
    }

    private InvalidManifestException wrong(String what) {
        return new InvalidManifestException(what + ", at byte " + position);
    }
}
