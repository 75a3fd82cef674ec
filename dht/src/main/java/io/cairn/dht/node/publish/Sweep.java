package io.cairn.dht.node.publish;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.kad.Coverage;
import io.cairn.dht.node.lookup.LookupRun;
import io.cairn.dht.node.lookup.Lookups;
import io.cairn.dht.node.request.Local;
import io.cairn.dht.wire.RecordBatch;
import java.util.List;
import java.util.function.Function;

/**
 * Processes sorted keys region by region (see {@link Coverage}): a few look-ups explore a region, and each of its nodes gets all its
 * records together. Where only a few keys lie close together, each is looked up by itself. With N nodes and many keys this takes about 0.08
 * N look-ups, regardless of the number of keys. A bounded number of records is under way at once; the rest waits as keys.
 */
final class Sweep {
    /** Up to this many keys in a region are looked up one by one: exploring the region takes as many look-ups. */
    private static final int FEW_KEYS = 2;

    /** Most look-ups for one region; after them its first key is published by itself and the next one starts over. */
    private static final int LOOKUPS_PER_REGION_MAX = 64;

    /** Keys placed at once: full batches, so that no datagram is half empty. */
    private static final int KEYS_PER_STEP = 6 * RecordBatch.KEYS_MAX;

    private final Local local;
    private final Lookups lookups;
    private final Stores stores;
    private final Coverage coverage;
    private final Tally tally;
    private List<Key> keys;
    private int tries;
    private int storesOpen;
    private boolean isLookingUp;
    private boolean isProceeding;
    private boolean isOver;
    private boolean isCancelled;

    /**
     * @param keys sorted, distinct
     * @param coverage what is already known of the network; may be shared with other sweeps
     */
    Sweep(Local local, Lookups lookups, Stores stores, Coverage coverage, List<Key> keys, Tally tally) {
        this.local = local;
        this.lookups = lookups;
        this.stores = stores;
        this.coverage = coverage;
        this.keys = keys;
        this.tally = tally;
    }

    void start() {
        tally.opened();
        proceed();
    }

    /** Starts no more look-ups; requests under way finish, and the remaining keys count as failed. */
    void cancel() {
        isCancelled = true;
        proceed();
    }

    private void proceed() {
        if (isProceeding || isLookingUp || isOver) {
            return;
        }
        isProceeding = true;
        while (mayStep()) {
            step();
        }
        isProceeding = false;
        if (!isLookingUp && (keys.isEmpty() || isCancelled)) {
            isOver = true;
            tally.failed(keys);
            keys = List.of();
            tally.closed();
        }
    }

    private boolean mayStep() {
        return !keys.isEmpty()
                && !isCancelled
                && !isLookingUp
                && storesOpen < local.limits().publishing().storesWaitingMax();
    }

    private void step() {
        Key first = keys.get(0);
        Coverage.Region region = coverage.regionAround(first);
        Key gap = coverage.gapIn(region);
        if (gap == null) {
            int count = Math.min(inside(region), KEYS_PER_STEP);
            store(count, key -> coverage.holders(key, region));
        } else {
            boolean isFirstAsked = tries == 0 || tries >= LOOKUPS_PER_REGION_MAX;
            lookUp(isFirstAsked ? first : gap);
        }
    }

    private void lookedUp(Key target, List<Contact> found) {
        Key first = keys.get(0);
        Coverage.Region region = coverage.regionAround(first);
        boolean isOnItsOwn = tries >= LOOKUPS_PER_REGION_MAX || inside(region) <= FEW_KEYS;
        if (target.equals(first) && isOnItsOwn && coverage.gapIn(region) != null) {
            store(1, key -> coverage.holders(key, found));
        } else {
            tries++;
        }
    }

    /** The number of remaining keys in the region: as keys are sorted, those up to some index. */
    private int inside(Coverage.Region region) {
        int low = 0;
        int high = keys.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (region.contains(keys.get(middle))) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void store(int count, Function<Key, Coverage.Holders> holdersOf) {
        List<Key> next = keys.subList(0, count);
        keys = keys.subList(count, keys.size());
        tries = 0;
        storesOpen += stores.store(next, holdersOf, this::storeEnded);
    }

    private void storeEnded() {
        storesOpen--;
        proceed();
    }

    private void lookUp(Key target) {
        isLookingUp = true;
        tally.lookupStarted();
        lookups.findNodes(target, local.limits().k(), new LookupRun.Listener() {
            @Override
            public void ended(List<Contact> closest) {
                isLookingUp = false;
                coverage.found(target, closest);
                if (!closest.isEmpty()) {
                    tally.heard();
                }
                if (!isCancelled) {
                    lookedUp(target, closest);
                }
                proceed();
            }

            @Override
            public void sent() {
                tally.datagramSent();
            }
        });
    }
}
