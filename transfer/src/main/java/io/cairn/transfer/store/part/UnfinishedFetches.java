package io.cairn.transfer.store.part;

import io.cairn.dht.id.Key;
import io.cairn.transfer.store.file.FileOperations;
import io.cairn.transfer.store.state.FetchTable;
import io.cairn.transfer.store.state.StateDatabase;
import io.cairn.transfer.store.state.StoredFetch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The unfinished fetches of earlier runs, to list, to resume with {@link PartialContent#open}, or to delete. */
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
     * Removes and returns the fetches whose share was placed just before the program was killed. Restores targets that such a run had
     * renamed but not yet replaced. Called when a node starts.
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

    /** Deletes the interrupted updates of a copy to other versions, and their partial files. */
    void discardOthers(Key hash, Path target) throws IOException {
        for (StoredFetch fetch : fetches.at(target)) {
            if (!fetch.hash().equals(hash)) {
                discard(fetch);
            }
        }
    }

    /** Deletes a fetch and its partial files. For an open fetch use {@link PartialContent#discard()}. */
    public void discard(StoredFetch fetch) throws IOException {
        if (PartRecovery.isOurs(fetch)) {
            PartCleanup.delete(FileOperations.SYSTEM, fetch.manifest(), fetch.part());
        }
        fetches.remove(fetch.hash(), fetch.target());
    }
}
