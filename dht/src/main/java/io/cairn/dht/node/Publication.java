package io.cairn.dht.node;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.Coverage;
import io.cairn.dht.kad.RecordStore;
import io.cairn.dht.kad.StorePlan;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.RecordBatch;
import io.cairn.dht.wire.Statement;
import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Publishes one statement about many keys, once. The root goes first and alone. If its look-up saw the whole network, no other is
 * needed. Else the sorted keys are gone through region by region (see {@link Coverage}): a few look-ups explore a region, and each of
 * its nodes gets all its records together; where only a few keys lie near each other, each is looked up by itself. With N nodes and many
 * keys that is about N/10 look-ups, however many keys.
 */
final class Publication {
    /** Where this node's own records come from, as far as quotas are concerned. */
    static final Endpoint HERE = new Endpoint(InetAddress.getLoopbackAddress(), 1);

    /** So few keys in a region are looked up one by one: to explore the region takes as many look-ups. */
    private static final int FEW_KEYS = 2;

    /** Look-ups of one region at most; then its first key is published by itself, and the next begins anew. */
    private static final int LOOKUPS_PER_REGION_MAX = 64;

    private final Local local;
    private final Lookups lookups;
    private final RecordStore records;
    private final StoreWindow window;
    private final Statement statement;
    private final Key root;
    private final List<Key> chunks;
    private final Consumer<PublishReport> done;
    private final long startMillis;
    private final Coverage coverage;
    private final Set<NodeId> holders = new LinkedHashSet<>();
    private int rootStoredOn;
    private int rootTargets;
    private int keysStored;
    private int lookupCount;
    private int datagrams;
    private int open;
    private boolean isCancelled;

    Publication(
            Local local,
            Lookups lookups,
            RecordStore records,
            StoreWindow window,
            Statement statement,
            Key root,
            List<Key> chunks,
            Consumer<PublishReport> done) {
        this.local = local;
        this.lookups = lookups;
        this.records = records;
        this.window = window;
        this.statement = statement;
        this.root = root;
        TreeSet<Key> distinct = new TreeSet<>(chunks);
        distinct.remove(root);
        this.chunks = List.copyOf(distinct);
        this.done = done;
        this.startMillis = local.monotonicMillis();
        this.coverage = new Coverage(local.id(), local.limits().k());
    }

    void start() {
        lookUp(root, found -> {
            storeAll(List.of(root), key -> coverage.holders(key, found));
            int lanes =
                    coverage.isWholeSpace() ? 1 : local.limits().publishing().lanes();
            for (int lane = 0; lane < lanes; lane++) {
                int from = chunks.size() * lane / lanes;
                sweep(chunks.subList(from, chunks.size() * (lane + 1) / lanes), 0);
            }
        });
    }

    /** Looks nothing more up; what is under way ends, and the report tells how far it came. */
    void cancel() {
        isCancelled = true;
    }

    /**
     * @param keys what is left of this lane, sorted
     * @param tries look-ups that the region of the first key has had
     */
    private void sweep(List<Key> keys, int tries) {
        if (keys.isEmpty() || isCancelled) {
            return;
        }
        Key first = keys.get(0);
        Coverage.Region region = coverage.regionAround(first);
        Key gap = coverage.gapIn(region);
        if (gap == null) {
            int inside = countInside(region, keys);
            storeAll(keys.subList(0, inside), key -> coverage.holders(key, region));
            sweep(keys.subList(inside, keys.size()), 0);
        } else {
            Key target = tries == 0 ? first : gap;
            lookUp(target, found -> afterLookup(keys, target, found, tries));
        }
    }

    private void afterLookup(List<Key> keys, Key target, List<Contact> found, int tries) {
        Key first = keys.get(0);
        Coverage.Region region = coverage.regionAround(first);
        boolean isOnItsOwn = countInside(region, keys) <= FEW_KEYS || tries >= LOOKUPS_PER_REGION_MAX;
        boolean isItsLookup = target.equals(first);
        if (isItsLookup && isOnItsOwn && coverage.gapIn(region) != null) {
            storeAll(List.of(first), key -> coverage.holders(key, found));
            sweep(keys.subList(1, keys.size()), 0);
        } else {
            sweep(keys, tries >= LOOKUPS_PER_REGION_MAX ? 0 : tries + 1);
        }
    }

    private static int countInside(Coverage.Region region, List<Key> keys) {
        int inside = 0;
        while (inside < keys.size() && region.contains(keys.get(inside))) {
            inside++;
        }
        return inside;
    }

    private void storeAll(List<Key> keys, Function<Key, Coverage.Holders> holdersOf) {
        StorePlan.group(keys, holdersOf, RecordBatch.KEYS_MAX, local.limits().k())
                .forEach(this::store);
    }

    private void lookUp(Key target, Consumer<List<Contact>> then) {
        lookupCount++;
        open++;
        lookups.findNodes(target, local.limits().k(), new LookupRun.Listener() {
            @Override
            public void ended(List<Contact> closest) {
                coverage.found(target, closest);
                then.accept(closest);
                close();
            }

            @Override
            public void sent() {
                datagrams++;
            }
        });
    }

    private void store(StorePlan plan) {
        RecordBatch batch = RecordBatch.sign(local.identity(), statement, plan.keys());
        Stores stores = new Stores(plan);
        if (plan.isHere()) {
            Message.Stored here = records.store(batch, HERE, local.wallMillis());
            stores.count(local.id(), here.accepted());
        }
        for (Contact other : plan.others()) {
            open++;
            window.store(other, batch, stores);
        }
    }

    private void close() {
        open--;
        if (open == 0) {
            done.accept(new PublishReport(
                    rootStoredOn,
                    rootTargets,
                    chunks.size() + 1,
                    keysStored,
                    holders.size(),
                    lookupCount,
                    datagrams,
                    local.monotonicMillis() - startMillis,
                    statement.sequence()));
        }
    }

    /** Counts on how many nodes one batch is. */
    private final class Stores implements StoreWindow.Outcome {
        private final StorePlan plan;
        private int best;

        Stores(StorePlan plan) {
            this.plan = plan;
            if (isRoot()) {
                rootTargets = plan.others().size() + (plan.isHere() ? 1 : 0);
            }
        }

        @Override
        public void ended(Contact holder, int accepted) {
            count(holder.id(), accepted);
            close();
        }

        @Override
        public void sent() {
            datagrams++;
        }

        void count(NodeId holder, int accepted) {
            if (accepted > 0) {
                holders.add(holder);
                rootStoredOn += isRoot() ? 1 : 0;
            }
            int plausible = Math.min(accepted, plan.keys().size());
            keysStored += Math.max(0, plausible - best);
            best = Math.max(best, plausible);
        }

        private boolean isRoot() {
            return plan.keys().get(0).equals(root);
        }
    }
}
