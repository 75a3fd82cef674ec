package io.cairn.dht;

import io.cairn.dht.id.Key;
import io.cairn.dht.wire.RecordPolicy;
import io.cairn.dht.wire.RecordType;
import java.util.List;

/**
 * A statement that a node publishes under one or more keys until it withdraws it.
 *
 * @param root the key that identifies it and is published first
 * @param others further keys, in any order; may repeat, may be empty
 * @param value the records' value, at most as long as {@link RecordPolicy} allows; empty for a type that is renewed by region, whose
 *     records name the endpoints of this node. Not copied
 * @param lifeMillis how long a record lives without renewal, at most what holders allow
 * @param lastPublishedMillis when it was first completely published, wall-clock milliseconds since 1970, if every run since has kept it
 *     published; 0 if not. Only for a type that is renewed by region
 * @param othersAfterMillis how long after the root the others are first published, 0 for at once
 * @param sequence the sequence of its records, also when they are renewed; 0 for one that grows at each renewal
 */
public record Announcement(
        RecordType type,
        Key root,
        List<Key> others,
        byte[] value,
        long lifeMillis,
        long lastPublishedMillis,
        int othersAfterMillis,
        long sequence) {
    public Announcement {
        others = List.copyOf(others);
        boolean isByRegion = RecordPolicy.of(type).renewal() == RecordPolicy.Renewal.BY_REGION;
        if (isByRegion != (value.length == 0) || !isByRegion && lastPublishedMillis != 0) {
            throw new IllegalArgumentException(
                    type + " records " + (isByRegion ? "have no value" : "have a value") + " of their own");
        }
        if (sequence < 0 || isByRegion && sequence != 0) {
            throw new IllegalArgumentException("sequence " + sequence);
        }
        if (lifeMillis < 1 || othersAfterMillis < 0) {
            throw new IllegalArgumentException(lifeMillis + " ms of life, others after " + othersAfterMillis + " ms");
        }
    }

    /** An announcement with a value of its own, published under all keys at once. */
    public Announcement(RecordType type, Key root, List<Key> others, byte[] value, long lifeMillis) {
        this(type, root, others, value, lifeMillis, 0, 0, 0);
    }

    /** A value that is published under one key with a sequence of its own. */
    public static Announcement of(RecordType type, Key key, byte[] value, long lifeMillis, long sequence) {
        return new Announcement(type, key, List.of(), value, lifeMillis, 0, 0, sequence);
    }
}
