package io.cairn.dht.node.lookup;

import io.cairn.dht.LookupReport;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.kad.Lookup;
import io.cairn.dht.kad.NetworkSize;
import io.cairn.dht.kad.NetworkSizeSamples;
import io.cairn.dht.kad.RoutingTable;
import io.cairn.dht.node.request.Local;
import io.cairn.dht.node.request.Requests;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.RecordType;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts look-ups from the routing table and estimates the network's size from their results. */
public final class Lookups {
    /** Look-ups required for an estimate of the network's size before records are placed by it. */
    private static final int SAMPLES_MIN = 4;

    private final Local local;
    private final RoutingTable table;
    private final Requests requests;
    private final NetworkSizeSamples sizes;

    public Lookups(Local local, RoutingTable table, Requests requests) {
        this.local = local;
        this.table = table;
        this.requests = requests;
        this.sizes = new NetworkSizeSamples(local.limits().k());
    }

    /** The estimated size of the network, from the last look-ups or, without any, from the neighbours; empty if no node is known. */
    public Optional<NetworkSize> networkSize() {
        Optional<NetworkSize> measured = sizes.estimate(local.monotonicMillis());
        if (measured.isPresent() || table.size() == 0) {
            return measured;
        }
        return Optional.of(sizes.ofNeighbours(
                local.id(), table.closest(local.id(), local.limits().k())));
    }

    /**
     * Whether a node is close enough to a key to be one of its holders almost surely. Returns false while the size estimate rests on too
     * few look-ups: from the neighbours alone it is accurate to a fifth.
     */
    public boolean isAlmostSurelyHolder(Contact contact, Key key) {
        return sizes.estimate(local.monotonicMillis())
                .filter(size -> size.samples() >= SAMPLES_MIN)
                .map(size -> size.isAmongClosest(contact.id().distanceTo(key)))
                .orElse(false);
    }

    /** Looks for the nodes closest to a point. The listener is never called before this returns. */
    public LookupRun findNodes(Key target, int width, LookupRun.Listener listener) {
        return start(target, width, new Message.FindNode(target), listener);
    }

    /** Looks for the k nodes closest to a key and what they hold under it. The listener is never called before this returns. */
    public LookupRun findValues(Key key, RecordType type, LookupRun.Listener listener) {
        return start(key, local.limits().k(), new Message.FindValue(key, type), listener);
    }

    /** Looks for the k nodes closest to a point, and counts what it takes. The listener is never called before this returns. */
    public void findClosest(Key target, Consumer<LookupReport> done) {
        Counting counting = new Counting(target, done);
        counting.run = start(target, local.limits().k(), new Message.FindNode(target), counting);
    }

    private LookupRun start(Key target, int width, Message.Request question, LookupRun.Listener listener) {
        local.traffic().lookupStarted();
        table.touch(target, local.monotonicMillis());
        NetworkSize size = networkSize().orElse(null);
        Lookup lookup =
                new Lookup(target, local.id(), width, local.limits(), size, count -> table.closest(target, count));
        LookupRun run = new LookupRun(local, lookup, question, requests, sizes, listener);
        local.environment().scheduler().execute(run::proceed);
        return run;
    }

    private final class Counting implements LookupRun.Listener {
        private final Key target;
        private final Consumer<LookupReport> done;
        private final long startMillis = local.monotonicMillis();
        private @Nullable LookupRun run;
        private int requests;
        private int unanswered;

        Counting(Key target, Consumer<LookupReport> done) {
            this.target = target;
            this.done = done;
        }

        @Override
        public void asked(Contact contact) {
            requests++;
        }

        @Override
        public void unanswered(Contact contact) {
            unanswered++;
        }

        @Override
        public void ended(List<Contact> closest) {
            int hops = run == null ? -1 : run.lookup().hops();
            boolean isOverDisjointPaths = run != null && run.lookup().isOverDisjointPaths();
            long millis = local.monotonicMillis() - startMillis;
            done.accept(new LookupReport(target, closest, hops, requests, unanswered, isOverDisjointPaths, millis));
        }
    }
}
