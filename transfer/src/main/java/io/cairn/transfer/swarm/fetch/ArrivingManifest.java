package io.cairn.transfer.swarm.fetch;

import io.cairn.transfer.content.manifest.ManifestCodec;
import io.cairn.transfer.swarm.peer.SwarmLimits;
import java.util.Arrays;

/**
 * The bytes of a manifest as they arrive. Memory grows with what has arrived, not with what the peer announced, and ends as one array of
 * exactly the announced length.
 */
final class ArrivingManifest {
    private final int total;
    private byte[] bytes = new byte[0];
    private int size;
    private int checkAt = SwarmLimits.MANIFEST_PIECE_BYTES_MAX;

    /** @param total the announced length in bytes, at most {@link ManifestCodec#BYTES_MAX} */
    ArrivingManifest(int total) {
        this.total = total;
    }

    int total() {
        return total;
    }

    int size() {
        return size;
    }

    boolean isWhole() {
        return size == total;
    }

    void add(byte[] part) {
        if (part.length > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(total, Math.max(2L * bytes.length, size + part.length)));
        }
        System.arraycopy(part, 0, bytes, size, part.length);
        size += part.length;
    }

    /** Whether the start is worth a check: at the first part and each time it has doubled since, so all checks together cost two passes. */
    boolean isCheckDue() {
        if (isWhole() || size < checkAt) {
            return false;
        }
        checkAt = 2 * size;
        return true;
    }

    /** The bytes so far. Not copied if they are complete. */
    byte[] bytes() {
        return isWhole() ? bytes : Arrays.copyOf(bytes, size);
    }
}
