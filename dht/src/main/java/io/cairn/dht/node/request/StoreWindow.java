package io.cairn.dht.node.request;

import io.cairn.dht.id.Contact;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.RecordBatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sends batches to their holders: a few in flight per node and a bounded number in all, each acknowledged and repeated if necessary.
 * Batches waiting for a node are dropped after it is silent twice in a row. This node's own records name the address at which the holder
 * sees it ({@link SeenAs}).
 */
public final class StoreWindow {
    private static final int SILENCES_MAX = 2;

    private final Requests requests;
    private final KademliaLimits.Publishing limits;
    private final SeenAs seenAs;
    private final Map<Contact, Lane> lanes = new LinkedHashMap<>();
    private final Deque<Lane> ready = new ArrayDeque<>();
    private int inFlight;
    private int waiting;

    public StoreWindow(Requests requests, KademliaLimits limits, SeenAs seenAs) {
        this.requests = requests;
        this.seenAs = seenAs;
        this.limits = limits.publishing();
    }

    /** Receives the outcome of one batch at one node. */
    public interface Outcome {
        /** Called once; never before {@link #store} returns, unless the node already stopped. */
        void ended(Contact holder, int accepted);

        /** A datagram was sent. */
        default void sent() {}
    }

    /** Stores a batch at a node as soon as the window allows. */
    public void store(Contact holder, RecordBatch batch, Outcome outcome) {
        Lane lane = lanes.computeIfAbsent(holder, Lane::new);
        lane.items.add(new Item(batch, outcome));
        waiting++;
        enlist(lane);
        proceed();
    }

    /** This machine has other addresses: holders may see it differently, and are asked again. */
    public void addressesChanged() {
        seenAs.forget();
    }

    /** Batches not yet sent, counted once per node. */
    public int waiting() {
        return waiting;
    }

    private void enlist(Lane lane) {
        if (!lane.isReady && !lane.items.isEmpty() && lane.inFlight < limits.storesPerNodeMax()) {
            lane.isReady = true;
            ready.add(lane);
        }
    }

    private void proceed() {
        while (inFlight < limits.storesMax() && !ready.isEmpty()) {
            Lane lane = ready.remove();
            lane.isReady = false;
            Item item = lane.items.remove();
            waiting--;
            lane.inFlight++;
            inFlight++;
            enlist(lane);
            new Storing(lane, item).ask(seenAs.worded(item.batch, lane.holder));
        }
    }

    private void giveUp(Lane lane) {
        ready.remove(lane);
        lane.isReady = false;
        waiting -= lane.items.size();
        Deque<Item> rest = new ArrayDeque<>(lane.items);
        lane.items.clear();
        rest.forEach(item -> item.outcome.ended(lane.holder, 0));
    }

    private record Item(RecordBatch batch, Outcome outcome) {}

    /** The queue of one node. */
    private static final class Lane {
        private final Contact holder;
        private final Deque<Item> items = new ArrayDeque<>();
        private int inFlight;
        private int silences;
        private boolean isReady;

        Lane(Contact holder) {
            this.holder = holder;
        }
    }

    private final class Storing implements Requests.Asker {
        private final Lane lane;
        private final RecordBatch batch;
        private final Outcome outcome;
        private boolean isReworded;

        Storing(Lane lane, Item item) {
            this.lane = lane;
            this.batch = item.batch;
            this.outcome = item.outcome;
        }

        void ask(RecordBatch worded) {
            requests.ask(lane.holder, new Message.Store(worded), this);
        }

        @Override
        public void answered(Contact from, Message.Response response) {
            lane.silences = 0;
            if (response instanceof Message.Stored stored) {
                if (!isReworded && seenAs.learns(stored.observed(), batch, lane.holder)) {
                    isReworded = true;
                    ask(seenAs.worded(batch, lane.holder));
                } else {
                    end(stored.accepted());
                }
            } else {
                end(0);
            }
        }

        @Override
        public void unanswered() {
            lane.silences++;
            if (lane.silences >= SILENCES_MAX) {
                giveUp(lane);
            }
            end(0);
        }

        @Override
        public void sent() {
            outcome.sent();
        }

        private void end(int accepted) {
            lane.inFlight--;
            inFlight--;
            if (lane.items.isEmpty() && lane.inFlight == 0) {
                lanes.remove(lane.holder);
            }
            enlist(lane);
            outcome.ended(lane.holder, accepted);
            proceed();
        }
    }
}
