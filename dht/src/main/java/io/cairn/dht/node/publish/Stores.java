package io.cairn.dht.node.publish;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.Coverage;
import io.cairn.dht.kad.StorePlan;
import io.cairn.dht.kad.record.RecordStore;
import io.cairn.dht.node.request.Local;
import io.cairn.dht.node.request.SeenAs;
import io.cairn.dht.node.request.StoreWindow;
import io.cairn.dht.wire.RecordBatch;
import io.cairn.dht.wire.Statement;
import java.util.List;
import java.util.function.Function;

/** Signs batches of one statement, stores them at their nodes and counts the results. */
final class Stores {
    /** One record in this many must be confirmed, or the batch counts as failed and is republished. */
    static final int CONFIRMED_OF = 2;

    private final Local local;
    private final RecordStore records;
    private final StoreWindow window;
    private final Statement statement;
    private final Tally tally;

    Stores(Local local, RecordStore records, StoreWindow window, Statement statement, Tally tally) {
        this.local = local;
        this.records = records;
        this.window = window;
        this.statement = statement;
        this.tally = tally;
    }

    /**
     * Stores keys at their holders.
     *
     * @param keys sorted
     * @param ended called after each answer or time-out; not before this returns, unless the node stopped
     * @return the number of outcomes to expect
     */
    int store(List<Key> keys, Function<Key, Coverage.Holders> holdersOf, Runnable ended) {
        int open = 0;
        for (StorePlan plan : StorePlan.group(
                keys, holdersOf, SeenAs.keysBeside(statement), local.limits().k())) {
            RecordBatch batch = sign(plan.keys());
            Storing storing = new Storing(plan.keys(), plan.others().size(), ended);
            if (plan.isHere()) {
                storing.count(local.id(), holdHere(batch));
            }
            if (plan.others().isEmpty()) {
                tally.failed(plan.keys());
            }
            plan.others().forEach(other -> store(other, batch, storing));
            open += plan.others().size();
        }
        return open;
    }

    RecordBatch sign(List<Key> keys) {
        return RecordBatch.sign(local.identity(), statement, keys);
    }

    /**
     * Keeps a batch on this node.
     *
     * @return how many of its keys were accepted
     */
    int holdHere(RecordBatch batch) {
        return records.store(batch, local.asSender(), local.wallMillis()).accepted();
    }

    /** Sends one batch to one node. */
    void store(Contact holder, RecordBatch batch, StoreWindow.Outcome outcome) {
        tally.opened();
        window.store(holder, batch, new StoreWindow.Outcome() {
            @Override
            public void ended(Contact to, int accepted) {
                if (accepted > 0) {
                    tally.heard();
                }
                outcome.ended(to, accepted);
                tally.closed();
            }

            @Override
            public void sent() {
                tally.datagramSent();
            }
        });
    }

    /** One batch being stored at several nodes. */
    private final class Storing implements StoreWindow.Outcome {
        private final List<Key> keys;
        private final int targets;
        private final Runnable ended;
        private int waiting;
        private int confirmed;
        private int best;

        Storing(List<Key> keys, int targets, Runnable ended) {
            this.keys = keys;
            this.targets = targets;
            this.waiting = targets;
            this.ended = ended;
        }

        @Override
        public void ended(Contact holder, int accepted) {
            count(holder.id(), accepted);
            waiting--;
            confirmed += Math.min(accepted, keys.size());
            if (waiting == 0 && confirmed * CONFIRMED_OF < targets * keys.size()) {
                tally.failed(keys);
            }
            ended.run();
        }

        void count(NodeId holder, int accepted) {
            if (accepted > 0) {
                tally.heldBy(holder);
            }
            int plausible = Math.min(accepted, keys.size());
            tally.stored(Math.max(0, plausible - best));
            best = Math.max(best, plausible);
        }
    }
}
