package io.cairn.dht.node;

import io.cairn.dht.env.Scheduler.Timer;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.kad.RoutingTable;
import io.cairn.dht.wire.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a node does when nobody asks it anything: every 15 seconds it asks the stalest contact for a point in its bucket, which proves
 * the contact and refreshes the bucket at once (as pymdht does); it greets the local network, the more rarely the more nodes would
 * answer; it tries endpoints to begin with that
 * never answered; and when it knows nobody, or wakes from suspension, it joins again.
 */
final class Maintenance {
    /** A greeting may be lost, so that at first it is repeated after these times. */
    private static final List<Long> FIRST_GREETINGS_MILLIS = List.of(0L, 500L, 2_000L);

    /** The wall clock may be set by so much before it counts as a suspension. */
    private static final long SUSPENSION_MILLIS = 30_000;

    /** How often an endpoint is greeted once more, right after a joining that found nobody. */
    private static final int GREETINGS_WHILE_ALONE = 2;

    private final Local local;
    private final RoutingTable table;
    private final Requests requests;
    private final Contacts contacts;
    private final Lookups lookups;
    private final List<Joining> joinings = new ArrayList<>();
    private final Bootstrap bootstrap = new Bootstrap();
    private boolean hasPoorNews;
    private long lastGreetingMillis;
    private long wallAheadMillis;
    private @Nullable Timer timer;
    private boolean isClosed;

    Maintenance(Local local, RoutingTable table, Requests requests, Contacts contacts, Lookups lookups) {
        this.local = local;
        this.table = table;
        this.requests = requests;
        this.contacts = contacts;
        this.lookups = lookups;
    }

    void start() {
        contacts.onNewContact(contact -> {
            List.copyOf(joinings).forEach(Joining::newContact);
            hasPoorNews |= joinings.isEmpty() && table.size() <= local.limits().k();
        });
        wallAheadMillis = local.wallMillis() - local.monotonicMillis();
        scheduleTick();
    }

    CompletionStage<Integer> join(List<Endpoint> endpoints) {
        if (upkeep().announceMillis() > 0) {
            for (long delayMillis : FIRST_GREETINGS_MILLIS) {
                local.environment().scheduler().schedule(delayMillis, this::greetLocalNetwork);
            }
        }
        Joining joining = new Joining(local, table, requests, lookups, bootstrap);
        joinings.add(joining);
        return joining.start(endpoints).whenComplete((known, never) -> {
            joinings.remove(joining);
            endpoints.forEach(endpoint -> greetWhileAlone(endpoint, GREETINGS_WHILE_ALONE));
        });
    }

    void close() {
        isClosed = true;
        if (timer != null) {
            timer.cancel();
        }
    }

    private void scheduleTick() {
        long periodMillis = upkeep().probeMillis();
        long spreadMillis = local.environment().random().nextLong(periodMillis / 4 + 1);
        timer = local.environment().scheduler().schedule(periodMillis - periodMillis / 8 + spreadMillis, this::tick);
    }

    private void tick() {
        if (isClosed) {
            return;
        }
        long nowMillis = local.monotonicMillis();
        long aheadMillis = local.wallMillis() - nowMillis;
        boolean wasSuspended = aheadMillis - wallAheadMillis > SUSPENSION_MILLIS;
        wallAheadMillis = aheadMillis;
        if (wasSuspended || table.size() == 0) {
            join(bootstrap.endpoints());
        } else {
            table.stalest(nowMillis, List.of()).ifPresent(this::probe);
            bootstrap.takeDue(table, local.limits().k(), nowMillis).ifPresent(this::greetAgain);
            if (hasPoorNews) {
                hasPoorNews = false;
                lookUpSelf();
            }
            table.pointInUntouchedBucket(nowMillis, local.environment().random())
                    .ifPresent(point -> lookups.findNodes(point, local.limits().k(), closest -> {}));
            greetWhenDue(nowMillis);
        }
        scheduleTick();
    }

    private void probe(Contact contact) {
        Key point = table.pointNear(contact.id(), local.environment().random());
        table.touch(point, local.monotonicMillis());
        requests.ask(contact, new Message.FindNode(point), new Requests.Asker() {
            @Override
            public void answered(Contact from, Message.Response response) {
                if (response instanceof Message.Nodes nodes) {
                    List<Contact> named = nodes.closest();
                    for (int i = 0; i < Math.min(named.size(), local.limits().k()); i++) {
                        contacts.verify(named.get(i));
                    }
                }
            }

            @Override
            public void unanswered() {
                // The routing table has heard of it as an observer of all requests.
            }
        });
    }

    /** Who knows nobody does not wait for the next tick: a host that is busy for a few seconds may have missed the first greeting. */
    private void greetWhileAlone(Endpoint endpoint, int tries) {
        if (isClosed || tries == 0 || table.size() > 0) {
            return;
        }
        requests.greet(endpoint, new Requests.Asker() {
            @Override
            public void answered(Contact from, Message.Response response) {
                bootstrap.answered(endpoint);
                lookUpSelf();
            }

            @Override
            public void unanswered() {
                greetWhileAlone(endpoint, tries - 1);
            }
        });
    }

    private void greetAgain(Endpoint endpoint) {
        requests.greet(endpoint, new Requests.Asker() {
            @Override
            public void answered(Contact from, Message.Response response) {
                bootstrap.answered(endpoint);
                lookUpSelf();
            }

            @Override
            public void unanswered() {
                // Its next turn is noted already.
            }
        });
    }

    /** Where few are known, a newcomer may come from another part of the network, and knows the rest of it. */
    private void lookUpSelf() {
        lookups.findNodes(Key.at(local.id()), local.limits().k(), closest -> {});
    }

    /** Everyone who hears it answers, so the nodes of a local network take turns: with n contacts, one waits n times as long. */
    private void greetWhenDue(long nowMillis) {
        long intervalMillis = upkeep().announceMillis();
        long waitMillis = table.size() * intervalMillis;
        if (intervalMillis > 0 && nowMillis - lastGreetingMillis >= waitMillis) {
            greetLocalNetwork();
        }
    }

    private void greetLocalNetwork() {
        if (!isClosed) {
            lastGreetingMillis = local.monotonicMillis();
            requests.greetLocalNetwork();
        }
    }

    private KademliaLimits.Upkeep upkeep() {
        return local.limits().upkeep();
    }
}
