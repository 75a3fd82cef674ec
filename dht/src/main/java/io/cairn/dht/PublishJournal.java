package io.cairn.dht;

import io.cairn.dht.id.Key;
import java.util.List;

/**
 * Records what was published when, so that the next run neither repeats it nor lets it expire. Called on the node's loop; must not block. A
 * lost entry costs one extra publication, nothing more.
 */
public interface PublishJournal {
    /** A new content has been published for the first time; from now on its keys are published by region. */
    void contentPublished(Key root, long wallMillis);

    /** Parts of the key space have been republished. */
    void regionsPublished(List<PublishedRegion> regions);

    /** A journal that records nothing. */
    static PublishJournal none() {
        return new PublishJournal() {
            @Override
            public void contentPublished(Key root, long wallMillis) {}

            @Override
            public void regionsPublished(List<PublishedRegion> regions) {}
        };
    }
}
