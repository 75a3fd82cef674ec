package io.cairn.app.share;

import io.cairn.app.work.Work;
import io.cairn.dht.PublishJournal;
import io.cairn.dht.PublishedRegion;
import io.cairn.dht.id.Key;
import io.cairn.transfer.store.state.StateDatabase;
import java.util.List;

/** Stores publication times in the state database, on workers. */
final class StoredPublishJournal implements PublishJournal {
    private final Work work;
    private final StateDatabase state;
    private final SharePublications publications;

    StoredPublishJournal(Work work, StateDatabase state, SharePublications publications) {
        this.work = work;
        this.state = state;
        this.publications = publications;
    }

    @Override
    public void contentPublished(Key root, long wallMillis) {
        Key hash = publications.hash(root);
        Work.watch(
                work.offload(() -> {
                    state.shares().published(hash, wallMillis);
                    return hash;
                }),
                "storing a publication time");
    }

    @Override
    public void regionsPublished(List<PublishedRegion> regions) {
        Work.watch(
                work.offload(() -> {
                    state.publishedRegions().published(regions);
                    return regions;
                }),
                "storing published regions");
    }
}
