package io.cairn.dht.node.upkeep;

import io.cairn.dht.env.Scheduler.Timer;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.kad.RoutingTable;
import io.cairn.dht.node.lookup.Lookups;
import io.cairn.dht.node.request.Local;
import io.cairn.dht.node.request.Requests;
import io.cairn.dht.wire.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a node does when nobody asks it anything: it asks whoever is due ({@link Probing}); it greets the local network, the more rarely
 * the more nodes would answer; it tries endpoints to begin with that never answered; and when it knows nobody, or wakes from suspension, it
 * joins again.
 */
public final class Maintenance implements Contacts.Observer {
    /** A greeting may be lost, so that at first it is repeated after these times. */
    private static final List<Long> FIRST_GREETINGS_MILLIS = List.of(0L, 500L, 2_000L);

    /** A tick may be late by so much, and the wall clock be set by so much, before it counts as a suspension. */
    private static final long SUSPENSION_MILLIS = 30_000;

    /** How often an endpoint is greeted once more, right after a joining that found nobody. */
    private static final int GREETINGS_WHILE_ALONE = 2;

    /** How often one who looks for something in vain greets the local network at most. */
    private static final long SEARCHER_GREETS_MILLIS = 5_000;

    /** After a newcomer, others are likely to follow. */
    private static final long POOR_NEWS_MILLIS = 1_000;

    private final Local local;
    private final RoutingTable table;
    private final Requests requests;
    private final Contacts contacts;
    private final Lookups lookups;
    private final Probing probing;
    private final List<Joining> joinings = new ArrayList<>();
    private final Bootstrap bootstrap = new Bootstrap();
    private boolean hasPoorNews;
    private long lastGreetingMillis;
    private long tickDueMillis;
    private long tickDueWallMillis;
    private @Nullable Timer timer;
    private @Nullable Timer greetingTimer;
    private boolean isClosed;

    public Maintenance(Local local, RoutingTable table, Requests requests, Contacts contacts, Lookups lookups) {
        this.local = local;
        this.table = table;
        this.requests = requests;
        this.contacts = contacts;
        this.lookups = lookups;
        this.probing = new Probing(local, table, requests, contacts, this::advanceTick);
    }

    public void start() {
        contacts.observe(this);
        scheduleTick();
        scheduleGreeting();
    }

    @Override
    public void appeared(Contact contact) {
        List.copyOf(joinings).forEach(Joining::newContact);
        if (joinings.isEmpty() && table.size() <= local.limits().k()) {
            poorNews();
        }
    }

    @Override
    public void departed(Contact contact) {
        probing.departed(contact);
    }

    /** What happened meanwhile is to be found out soon. */
    @Override
    public void returned() {
        probing.hasten();
        lookUpSelf();
    }

    public CompletionStage<Integer> join(List<Endpoint> endpoints) {
        if (upkeep().announceMillis() > 0) {
            for (long delayMillis : FIRST_GREETINGS_MILLIS) {
                local.environment().scheduler().schedule(delayMillis, this::greetLocalNetwork);
            }
        }
        Joining joining = new Joining(local, table, requests, contacts, lookups, bootstrap);
        joinings.add(joining);
        return joining.start(endpoints).whenComplete((known, never) -> {
            joinings.remove(joining);
            endpoints.forEach(endpoint -> greetWhileAlone(endpoint, GREETINGS_WHILE_ALONE));
        });
    }

    /** This node may be elsewhere now: greets whom it was told to begin with and the local network, and asks soon who is still there. */
    public void networkChanged() {
        if (!isClosed) {
            contacts.wake();
            probing.hasten();
            join(bootstrap.endpoints());
        }
    }

    public void close() {
        isClosed = true;
        if (greetingTimer != null) {
            greetingTimer.cancel();
        }
        if (timer != null) {
            timer.cancel();
        }
    }

    private void scheduleTick() {
        long delayMillis = probing.nextPauseMillis();
        tickDueMillis = local.monotonicMillis() + delayMillis;
        tickDueWallMillis = local.wallMillis() + delayMillis;
        timer = local.environment().scheduler().schedule(delayMillis, this::tick);
    }

    /** The pause is shorter than it was when the tick was scheduled. */
    private void advanceTick() {
        if (timer != null && !isClosed) {
            timer.cancel();
            scheduleTick();
        }
    }

    private void tick() {
        if (isClosed) {
            return;
        }
        timer = null;
        long nowMillis = local.monotonicMillis();
        if (wasSuspended(nowMillis)) {
            networkChanged();
        } else if (table.size() == 0) {
            join(bootstrap.endpoints());
        } else {
            probing.proceed();
            bootstrap
                    .takeDue(table, local.limits().k(), contacts.isCutOff(), nowMillis)
                    .ifPresent(this::greetAgain);
            table.pointInUntouchedBucket(nowMillis, local.environment().random())
                    .ifPresent(point -> lookups.findNodes(point, local.limits().k(), closest -> {}));
        }
        scheduleTick();
    }

    /** While a machine sleeps, the monotonic clock and all timers stand still on some systems, and on others they do not. */
    private boolean wasSuspended(long nowMillis) {
        return Math.max(nowMillis - tickDueMillis, local.wallMillis() - tickDueWallMillis) > SUSPENSION_MILLIS;
    }

    /** A newcomer may come from another part of the network: whoever looks there soon makes one network of two. */
    private void poorNews() {
        if (!hasPoorNews) {
            hasPoorNews = true;
            local.environment().scheduler().schedule(POOR_NEWS_MILLIS, () -> {
                hasPoorNews = false;
                if (!isClosed) {
                    lookUpSelf();
                }
            });
        }
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
                probing.askForNeighbours(from);
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
    private void scheduleGreeting() {
        long intervalMillis = upkeep().announceMillis();
        if (intervalMillis > 0) {
            greetingTimer = local.environment().scheduler().schedule(intervalMillis, this::greetWhenDue);
        }
    }

    private void greetWhenDue() {
        if (isClosed) {
            return;
        }
        long waitMillis = Math.max(1, table.size()) * upkeep().announceMillis();
        if (local.monotonicMillis() - lastGreetingMillis >= waitMillis) {
            greetLocalNetwork();
        }
        scheduleGreeting();
    }

    /** Somebody on the local network may have what no contact knows of: whoever still looks for it asks them, at most so often. */
    public void searchedInVain() {
        if (upkeep().announceMillis() > 0 && local.monotonicMillis() - lastGreetingMillis >= SEARCHER_GREETS_MILLIS) {
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
