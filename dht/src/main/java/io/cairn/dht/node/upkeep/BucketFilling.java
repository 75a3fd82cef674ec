package io.cairn.dht.node.upkeep;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.kad.RoutingTable;
import io.cairn.dht.node.request.Local;
import io.cairn.dht.node.request.Requests;
import io.cairn.dht.wire.Message;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Gives a newcomer a start in the farther buckets without a look-up for each: one known contact is asked for a random point of the bucket,
 * and as many of the nodes it names are greeted as are missing to half of k. The other half fills over time from everyday answers.
 */
final class BucketFilling {
    /** How many contacts are tried in turn for one bucket if they do not answer. */
    private static final int TRIES_MAX = 2;

    private final Local local;
    private final RoutingTable table;
    private final Requests requests;
    private final TableContacts contacts;
    private final Runnable done;
    private final Deque<Key> points;
    private int underWay;

    /** @param done called once, when all requests have ended; before {@link #start} returns if there is nothing to ask */
    BucketFilling(Local local, RoutingTable table, Requests requests, TableContacts contacts, Runnable done) {
        this.local = local;
        this.table = table;
        this.requests = requests;
        this.contacts = contacts;
        this.done = done;
        this.points = new ArrayDeque<>(
                table.pointsInSparseBuckets(fill(), local.environment().random()));
    }

    void start() {
        int lanes = Math.max(1, Math.min(local.limits().alpha(), points.size()));
        underWay = lanes;
        for (int lane = 0; lane < lanes; lane++) {
            next();
        }
    }

    private int fill() {
        return (local.limits().k() + 1) / 2;
    }

    /** The calling lane continues with the next bucket, or ends. */
    private void next() {
        Key point = points.poll();
        if (point != null) {
            ask(point, 1);
        } else {
            ended();
        }
    }

    private void ended() {
        underWay--;
        if (underWay == 0) {
            done.run();
        }
    }

    private void ask(Key point, int attempt) {
        List<Contact> nearest = table.closest(point, 1);
        if (nearest.isEmpty() || attempt > TRIES_MAX) {
            next();
            return;
        }
        table.touch(point, local.monotonicMillis());
        requests.ask(nearest.get(0), new Message.FindNode(point), new Requests.Asker() {
            @Override
            public void answered(Contact from, Message.Response response) {
                if (response instanceof Message.Nodes nodes) {
                    underWay += contacts.verify(
                            from, nodes.closest(), fill() - table.countIn(point), BucketFilling.this::ended);
                }
                next();
            }

            @Override
            public void unanswered() {
                ask(point, attempt + 1);
            }
        });
    }
}
