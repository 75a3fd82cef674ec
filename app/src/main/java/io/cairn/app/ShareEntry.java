package io.cairn.app;

import io.cairn.transfer.store.SharedContent;
import io.cairn.transfer.store.StoredShare;
import org.jspecify.annotations.Nullable;

/** A share; without content while its files are not what was shared. */
record ShareEntry(StoredShare share, @Nullable SharedContent content) {
    /** Whether its files are what was shared, so that peers are served. */
    boolean isOffered() {
        return content != null;
    }

    ShareEntry unavailable() {
        return new ShareEntry(share, null);
    }
}
