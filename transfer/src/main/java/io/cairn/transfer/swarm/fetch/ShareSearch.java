package io.cairn.transfer.swarm.fetch;

import io.cairn.dht.Provider;
import io.cairn.dht.SearchReport;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ShareSecret;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Searches for providers of a share where its record lies: that of a share for some lies under another key than that of an open one. A
 * secret that leads to nobody may be false, or the share open by now, so that the hash is searched as well. Confined to the loop.
 */
final class ShareSearch {
    private final FetchEnvironment env;
    private final Key share;
    private final IntSupplier usable;
    private final Consumer<Provider> found;
    private FetchSearch search;
    private @Nullable FetchSearch ofOpen;
    private long sinceMillis;

    /** @param usable number of sessions that may be of use */
    ShareSearch(FetchEnvironment env, Key share, IntSupplier usable, Consumer<Provider> found) {
        this.env = env;
        this.share = share;
        this.usable = usable;
        this.found = found;
        this.search = search(key());
    }

    void start() {
        sinceMillis = env.clock().monotonicMillis();
        search.start();
    }

    void contactAppeared() {
        search.contactAppeared();
        if (ofOpen != null) {
            ofOpen.contactAppeared();
        }
    }

    /** The share has another secret, or none any more: searches where its record lies now. */
    void audienceChanged() {
        stop();
        ofOpen = null;
        search = search(key());
        start();
    }

    void tick(long nowMillis) {
        if (ofOpen == null
                && env.audience().isRestricted(share)
                && usable.getAsInt() == 0
                && nowMillis - sinceMillis >= env.limits().searchAgainMillis()) {
            ofOpen = search(share);
            ofOpen.start();
        }
    }

    void stop() {
        search.stop();
        if (ofOpen != null) {
            ofOpen.stop();
        }
    }

    /** The current or last look-up of the key of its record. */
    @Nullable
    SearchReport report() {
        return search.report();
    }

    /** Distinct providers found in all look-ups. */
    int providers() {
        return search.providers() + (ofOpen == null ? 0 : ofOpen.providers());
    }

    private Key key() {
        ShareSecret secret = env.audience().secret(share);
        return secret == null ? share : secret.recordKey(share);
    }

    private FetchSearch search(Key key) {
        return new FetchSearch(env.dht(), env.scheduler(), key, env.limits(), usable, found);
    }
}
