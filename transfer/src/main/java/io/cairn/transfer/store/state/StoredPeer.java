package io.cairn.transfer.store.state;

import io.cairn.dht.id.Contact;

/**
 * A node seen in an earlier run.
 *
 * @param lastSeenMillis wall-clock milliseconds since 1970
 */
public record StoredPeer(Contact contact, long lastSeenMillis) {}
