package io.cairn.dht.node.upkeep;

import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.kad.RoutingTable;
import io.cairn.dht.node.lookup.Lookups;
import io.cairn.dht.node.request.Local;
import io.cairn.dht.node.request.Requests;
import io.cairn.dht.wire.Message;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One attempt to enter the network (Kademlia, section 2.3): greets, looks up its own id and, if the network is larger than one look-up
 * finds, asks for nodes in each farther bucket that is not yet half full. Among 10,000 nodes this takes about 100 requests.
 */
final class Joining {
    /** The wait after the first answer, so that the look-up starts with several nodes. */
    private static final long SETTLE_MILLIS = 100;

    private final Local local;
    private final RoutingTable table;
    private final Requests requests;
    private final TableContacts contacts;
    private final Lookups lookups;
    private final Bootstrap bootstrap;
    private final CompletableFuture<Integer> joined = new CompletableFuture<>();
    private int greetingsOpen;
    private boolean isGreetingOver;
    private boolean isLookingUp;

    Joining(
            Local local,
            RoutingTable table,
            Requests requests,
            TableContacts contacts,
            Lookups lookups,
            Bootstrap bootstrap) {
        this.local = local;
        this.table = table;
        this.requests = requests;
        this.contacts = contacts;
        this.lookups = lookups;
        this.bootstrap = bootstrap;
    }

    CompletionStage<Integer> start(List<Endpoint> endpoints) {
        greetingsOpen = endpoints.size();
        bootstrap.greeted(endpoints, local.monotonicMillis());
        for (Endpoint endpoint : endpoints) {
            requests.greet(endpoint, new Greeting(endpoint));
        }
        Scheduler scheduler = local.environment().scheduler();
        boolean isAlreadyIn = table.size() > 0;
        if (isAlreadyIn) {
            scheduler.schedule(SETTLE_MILLIS, this::lookUpSelf);
        } else {
            scheduler.schedule(local.limits().upkeep().joinGreetingMillis(), this::greetingOver);
        }
        return joined;
    }

    /** A node has entered the routing table. */
    void newContact() {
        local.environment().scheduler().schedule(SETTLE_MILLIS, this::lookUpSelf);
    }

    private void greetingOver() {
        isGreetingOver = true;
        if (greetingsOpen == 0) {
            lookUpSelf();
        }
    }

    private void lookUpSelf() {
        if (isLookingUp) {
            return;
        }
        isLookingUp = true;
        lookups.findNodes(Key.at(local.id()), local.limits().k(), closest -> {
            if (closest.size() < local.limits().k()) {
                joined.complete(table.size());
            } else {
                new BucketFilling(local, table, requests, contacts, () -> joined.complete(table.size())).start();
            }
        });
    }

    private final class Greeting implements Requests.Asker {
        private final Endpoint endpoint;

        Greeting(Endpoint endpoint) {
            this.endpoint = endpoint;
        }

        @Override
        public void answered(Contact from, Message.Response response) {
            bootstrap.answered(endpoint);
            ended();
        }

        @Override
        public void unanswered() {
            ended();
        }

        private void ended() {
            greetingsOpen--;
            if (greetingsOpen == 0 && isGreetingOver) {
                lookUpSelf();
            }
        }
    }
}
