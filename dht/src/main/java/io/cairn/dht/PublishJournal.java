package io.cairn.dht;

import io.cairn.dht.id.Key;
import java.util.List;

/**
 * Remembers what was published when, so that the next run neither repeats it nor lets it expire. Called on the loop of the node; must not
 * block. What it forgets is published once more than needed, no worse.
 */
public interface PublishJournal {
    /** A new content has been published for the first time; from now on its keys go with their regions. */
    void contentPublished(Key root, long wallMillis);

    /** Some parts of the key space have been published anew. */
    void regionsPublished(List<PublishedRegion> regions);

    /** Remembers nothing. */
    static PublishJournal none() {
        return new PublishJournal() {
            @Override
            public void contentPublished(Key root, long wallMillis) {}

            @Override
            public void regionsPublished(List<PublishedRegion> regions) {}
        };
    }
}
