package io.cairn.app.share;

import io.cairn.app.work.Reasons;
import io.cairn.dht.id.Key;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why offered shares could not be read for a peer's latest request. A trouble ends once more of the share has been sent. Confined to the
 * loop.
 */
final class ReadTroubles {
    private final Map<Key, Trouble> troubles = new LinkedHashMap<>();

    /**
     * A chunk could not be read.
     *
     * @param sentBytes of the share so far
     */
    void add(Key share, Throwable failure, long sentBytes) {
        String why = failure instanceof IOException unreadable ? Reasons.withFile(unreadable) : failure.toString();
        troubles.put(share, new Trouble(why, sentBytes));
    }

    /**
     * Why a share cannot be read; null if it can, as far as is known.
     *
     * @param sentBytes of the share so far
     */
    @Nullable
    String why(Key share, long sentBytes) {
        Trouble trouble = troubles.get(share);
        return trouble == null || sentBytes > trouble.sentBytes ? null : trouble.why;
    }

    void forget(Key share) {
        troubles.remove(share);
    }

    private record Trouble(String why, long sentBytes) {}
}
