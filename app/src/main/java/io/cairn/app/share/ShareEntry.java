package io.cairn.app.share;

import io.cairn.transfer.content.ContentChangedException;
import io.cairn.transfer.content.hashing.FileStamp;
import io.cairn.transfer.store.file.SharedContent;
import io.cairn.transfer.store.state.StoredShare;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * A share; it has no content while its files differ from the shared ones.
 *
 * @param wereAway whether it is not offered because a file was missing
 */
record ShareEntry(StoredShare share, @Nullable SharedContent content, boolean wereAway) {
    /** Agrees with no file; stored in the database, so that the doubt survives a restart. */
    private static final FileStamp NEVER = new FileStamp(-1, Long.MIN_VALUE, "none");

    /** Whether its files are unchanged, so that peers are served. */
    boolean isOffered() {
        return content != null;
    }

    /** The share, not offered because its files changed although their stamps did not; from now on its stamps agree with no file. */
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
