package io.cairn.dht.wire;

import io.cairn.dht.crypto.PublicKey;
import io.cairn.dht.id.Id160;

/**
 * A publisher's statement about one or more keys, without the keys: the part that all records of a batch share.
 *
 * @param type the kind of record
 * @param publisher the key that signs
 * @param value at most {@value #VALUE_BYTES_MAX} bytes, interpreted by type; an empty value withdraws the earlier statement. Not copied
 * @param sequence higher in a later statement of the same publisher about the same key
 * @param expiryMillis wall-clock milliseconds since 1970, at most 48 hours ahead when stored
 */
public record Statement(RecordType type, PublicKey publisher, byte[] value, long sequence, long expiryMillis) {
    /** Longest value of any type in bytes. */
    public static final int VALUE_BYTES_MAX = NamedValue.CONTENT_BYTES_MAX + Id160.LENGTH_BYTES;

    public Statement {
        if (value.length > VALUE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a value has at most " + VALUE_BYTES_MAX + " bytes, not " + value.length);
        }
    }

    /** Whether it only withdraws the publisher's earlier statement. */
    public boolean isWithdrawal() {
        return value.length == 0;
    }
}
