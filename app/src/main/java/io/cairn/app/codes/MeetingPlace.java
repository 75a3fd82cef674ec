package io.cairn.app.codes;

import io.cairn.dht.id.Key;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;

/** Where senders and receivers of a number meet in the hash table: a key for each ten minutes, so that old records lead nobody astray. */
final class MeetingPlace {
    /** Length of a slot. */
    static final long SLOT_MILLIS = 600_000;

    /** How far the receiver's clock may be behind the sender's. */
    private static final long BEHIND_MILLIS = 60_000;

    private static final byte[] LABEL = "cairn-code-1".getBytes(StandardCharsets.US_ASCII);

    private MeetingPlace() {}

    /** Where a sender announces itself at a time, in wall-clock milliseconds. */
    static Key at(int number, long wallMillis) {
        byte[] hashed = ByteBuffer.allocate(LABEL.length + Integer.BYTES + Long.BYTES)
                .put(LABEL)
                .putInt(number)
                .putLong(Math.floorDiv(wallMillis, SLOT_MILLIS))
                .array();
        return Key.of(DigestUtils.sha1(hashed));
    }

    /** Where a receiver looks: this slot and the one before, and the next one if it is about to begin. */
    static List<Key> around(int number, long wallMillis) {
        Set<Key> keys = new LinkedHashSet<>();
        keys.add(at(number, wallMillis));
        keys.add(at(number, wallMillis - SLOT_MILLIS));
        keys.add(at(number, wallMillis + BEHIND_MILLIS));
        return List.copyOf(keys);
    }

    /** Until the next slot begins. */
    static long untilNextMillis(long wallMillis) {
        return SLOT_MILLIS - Math.floorMod(wallMillis, SLOT_MILLIS);
    }
}
