package io.cairn.dht.node;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.kad.RecordStore;
import io.cairn.dht.kad.Region;
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

/**
 * Publishes one statement about many keys, once. The root goes first and alone. If its look-up saw the whole network, no other is
 * needed. Else the sorted keys are gone through region by region: one look-up finds the nodes of a region (see {@link Region}), and each
 * of them gets all its records together; where few keys lie near each other, a look-up of the single key is cheaper. With N nodes
 * and many keys that is about 1.4·N requests, however many keys.
 */
final class Publication {
    /** Of so few keys in a region, each is looked up by itself: a wide look-up costs thrice a plain one. */
    private static final int FEW_KEYS = 3;

    private final Local local;
    private final Lookups lookups;
    private final RecordStore records;
    private final StoreWindow window;
    private final Statement statement;
    private final Key root;
    private final List<Key> chunks;
    private final Consumer<PublishReport> done;
    private final long startMillis;
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
    }

    void start() {
        int k = local.limits().k();
        lookUp(root, k, region -> {
            store(region.plan(List.of(root), 1).get(0));
            if (region.isWholeSpace()) {
                storeAll(region, chunks);
            } else if (!chunks.isEmpty()) {
                firstRegion(Math.max(0, region.prefixBits() - 2));
            }
        });
    }

    /** Looks nothing more up; what is under way ends, and the report tells how far it came. */
    void cancel() {
        isCancelled = true;
    }

    /** The first region may be everything. If not, the rest is cut into lanes that go side by side. */
    private void firstRegion(int regionBits) {
        lookUp(chunks.get(0), local.limits().publishing().regionNodes(), region -> {
            int covered = storeCovered(region, chunks);
            List<Key> rest = chunks.subList(covered, chunks.size());
            int lanes = Math.min(local.limits().publishing().lanes(), rest.size());
            for (int lane = 0; lane < lanes; lane++) {
                sweep(rest.subList(rest.size() * lane / lanes, rest.size() * (lane + 1) / lanes), regionBits);
            }
        });
    }

    private void sweep(List<Key> keys, int regionBits) {
        if (keys.isEmpty() || isCancelled) {
            return;
        }
        Key first = keys.get(0);
        int neighbours = (int) keys.stream()
                .limit(FEW_KEYS + 1)
                .filter(key -> key.commonPrefixLength(first) >= regionBits)
                .count();
        KademliaLimits limits = local.limits();
        int width = neighbours > FEW_KEYS ? limits.publishing().regionNodes() : limits.k();
        lookUp(first, width, region -> {
            int covered = storeCovered(region, keys);
            sweep(keys.subList(covered, keys.size()), regionBits);
        });
    }

    private int storeCovered(Region region, List<Key> keys) {
        int covered = 0;
        while (covered < keys.size() && region.covers(keys.get(covered))) {
            covered++;
        }
        storeAll(region, keys.subList(0, covered));
        return covered;
    }

    private void storeAll(Region region, List<Key> keys) {
        region.plan(keys, RecordBatch.KEYS_MAX).forEach(this::store);
    }

    private void lookUp(Key target, int width, Consumer<Region> found) {
        lookupCount++;
        open++;
        lookups.findNodes(target, width, new LookupRun.Listener() {
            @Override
            public void ended(List<Contact> closest) {
                found.accept(new Region(
                        target, local.id(), closest, width, local.limits().k()));
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

    /** Where this node's own records come from, as far as quotas are concerned. */
    private static final Endpoint HERE = new Endpoint(InetAddress.getLoopbackAddress(), 1);

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
