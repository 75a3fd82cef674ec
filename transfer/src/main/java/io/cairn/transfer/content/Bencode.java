package io.cairn.transfer.content;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A value of the encoding that BitTorrent uses (BEP 3). Every value has exactly one encoding and the reader takes no other, so what
 * was read is written back byte for byte and a foreign dictionary keeps its infohash.
 */
sealed interface Bencode {
    /** Bytes, text or not. Not copied. */
    record ByteString(byte[] bytes) implements Bencode {
        static ByteString of(String text) {
            return new ByteString(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A whole number. */
    record Whole(long value) implements Bencode {}

    /** A list. */
    record Items(List<Bencode> values) implements Bencode {}

    /**
     * A dictionary.
     *
     * @param entries keys as Latin-1, one character a byte: their natural order is that of the bytes
     */
    record Dictionary(SortedMap<String, Bencode> entries) implements Bencode {
        static final Dictionary EMPTY = new Dictionary(Collections.emptySortedMap());

        /** A dictionary that can be filled. */
        static Dictionary create() {
            return new Dictionary(new TreeMap<>());
        }

        Dictionary with(String key, Bencode value) {
            entries.put(key, value);
            return this;
        }
    }
}
