package io.cairn.dht.crypto;

import java.util.List;

/**
 * The keys of one private network that are valid now: one, or two while one replaces the other. What arrives may be under any of them; what
 * is sent is sent under each, so that members that do not have the new key yet and members that no longer have the old one understand it.
 *
 * @param all at most {@value #KEYS_MAX}, the oldest first
 */
public record NetworkKeys(List<NetworkKey> all) {
    /** Most keys that are valid at a time. */
    public static final int KEYS_MAX = 2;

    public NetworkKeys {
        all = List.copyOf(all);
        if (all.isEmpty() || all.size() > KEYS_MAX) {
            throw new IllegalArgumentException("a private network has one or two keys, not " + all.size());
        }
    }
}
