package io.cairn.dht;

import io.cairn.dht.id.Key;
import io.cairn.dht.wire.RecordPolicy;
import io.cairn.dht.wire.RecordType;
import java.util.List;

/**
 * What a node says under one or more keys until it withdraws it.
 *
 * @param root the key that names it and is published first
 * @param others further keys, in any order; may repeat, may be empty
 * @param value what the records say, at most as long as {@link RecordPolicy} allows; empty for a type that is renewed by region, whose records say
 *     where this node serves. Not copied
 * @param lifeMillis how long a record lives without renewal, at most what holders allow
 * @param lastPublishedMillis when it was first published as a whole, wall-clock milliseconds since 1970, if it has been kept published since in
 *     every run; 0 if not. Only for a type that is renewed by region
 * @param othersAfterMillis how long after the root the others are published for the first time, 0 for at once
 */
public record Announcement(
        RecordType type,
        Key root,
        List<Key> others,
        byte[] value,
        long lifeMillis,
        long lastPublishedMillis,
        int othersAfterMillis) {
    public Announcement {
        others = List.copyOf(others);
        boolean isByRegion = RecordPolicy.of(type).renewal() == RecordPolicy.Renewal.BY_REGION;
        if (isByRegion != (value.length == 0) || !isByRegion && lastPublishedMillis != 0) {
            throw new IllegalArgumentException(
                    type + " records " + (isByRegion ? "have no value" : "have a value") + " of their own");
        }
        if (lifeMillis < 1 || othersAfterMillis < 0) {
            throw new IllegalArgumentException(lifeMillis + " ms of life, others after " + othersAfterMillis + " ms");
        }
    }

    /** With a value of its own, all keys at once. */
    public Announcement(RecordType type, Key root, List<Key> others, byte[] value, long lifeMillis) {
        this(type, root, others, value, lifeMillis, 0, 0);
    }
}
