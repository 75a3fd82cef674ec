package io.cairn.app;

import io.cairn.transfer.content.ContentChangedException;
import io.cairn.transfer.content.FileStamp;
import io.cairn.transfer.store.SharedContent;
import io.cairn.transfer.store.StoredShare;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * A share; without content while its files are not what was shared.
 *
 * @param wereAway whether it is not offered because a file was not there
 */
record ShareEntry(StoredShare share, @Nullable SharedContent content, boolean wereAway) {
    /** Agrees with no file, as it was never anybody's; kept in the database, so that it holds after a restart. */
    private static final FileStamp NEVER = new FileStamp(-1, Long.MIN_VALUE, "none");

    /** Whether its files are what was shared, so that peers are served. */
    boolean isOffered() {
        return content != null;
    }

    /** Not offered, because its files hold something else although they look unchanged: no stamps agree with those any more. */
    ShareEntry doubted() {
        return new ShareEntry(
                new StoredShare(
                        share.manifest(),
                        share.path(),
                        Collections.nCopies(share.stamps().size(), NEVER),
                        share.addedMillis(),
                        0,
                        share.uploadedBytes()),
                null,
                wereAway);
    }

    ShareEntry unavailable(ContentChangedException changed) {
        return new ShareEntry(share, null, changed.isRemoved());
    }
}
