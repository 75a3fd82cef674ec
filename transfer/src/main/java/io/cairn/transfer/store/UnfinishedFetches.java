package io.cairn.transfer.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What earlier runs left undone: to list it, to go on with {@link PartialContent#open}, or to delete it. */
public final class UnfinishedFetches {
    private final FetchTable fetches;

    public UnfinishedFetches(StateDatabase state) {
        this.fetches = state.fetches();
    }

    /** All unfinished fetches, oldest first. */
    public List<StoredFetch> list() throws IOException {
        List<StoredFetch> unfinished = new ArrayList<>();
        for (StoredFetch fetch : fetches.all()) {
            if (!PartRecovery.isPlaced(fetch)) {
                unfinished.add(fetch);
            }
        }
        return unfinished;
    }

    /**
     * Forgets the fetches whose share was placed just before the program was killed, and returns them. What such a run had only set aside,
     * to put a share in its place, is put back. For the start of a node.
     */
    public List<StoredFetch> takePlaced() throws IOException {
        List<StoredFetch> placed = new ArrayList<>();
        for (StoredFetch fetch : fetches.all()) {
            if (PartRecovery.isPlaced(fetch)) {
                Replacement.deleteOld(FileOperations.SYSTEM, fetch.target(), fetch.hash());
                fetches.remove(fetch.hash(), fetch.target());
                placed.add(fetch);
            } else {
                Replacement.putBack(FileOperations.SYSTEM, fetch.target(), fetch.hash());
            }
        }
        return placed;
    }

    /** Deletes the partial files and forgets the fetch. Not for one that is open: that has {@link PartialContent#discard()}. */
    public void discard(StoredFetch fetch) throws IOException {
        if (PartRecovery.isOurs(fetch)) {
            PartCleanup.delete(FileOperations.SYSTEM, fetch.manifest(), fetch.part());
        }
        fetches.remove(fetch.hash(), fetch.target());
    }
}
