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
 * A node's background work: it checks contacts that are due ({@link Probing}); greets the local network, more rarely the more nodes would
 * answer; retries bootstrap endpoints that never answered; and joins again when it knows no node or wakes from suspension.
 */
public final class Maintenance implements TableContacts.Observer {
    /** Greetings may be lost, so the first is repeated after these times. */
    private static final List<Long> FIRST_GREETINGS_MILLIS = List.of(0L, 500L, 2_000L);

    /** A tick this late, or a wall clock set by this much, counts as a suspension. */
    private static final long SUSPENSION_MILLIS = 30_000;

    /** How often an endpoint is greeted again right after a join that found no node. */
    private static final int GREETINGS_WHILE_ALONE = 2;

    /** The shortest interval between two greetings of the local network by a search without result. */
    private static final long SEARCHER_GREETS_MILLIS = 5_000;

    /** After a newcomer, others are likely to follow. */
    private static final long POOR_NEWS_MILLIS = 1_000;

    private final Local local;
    private final RoutingTable table;
    private final Requests requests;
    private final TableContacts contacts;
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

    public Maintenance(Local local, RoutingTable table, Requests requests, TableContacts contacts, Lookups lookups) {
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

    /** Soon finds out what changed. */
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

    /** This node's location may have changed: greets the bootstrap endpoints and the local network, and soon checks its contacts. */
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

    /** While a machine sleeps, the monotonic clock and the timers stop on some systems and continue on others. */
    private boolean wasSuspended(long nowMillis) {
        return Math.max(nowMillis - tickDueMillis, local.wallMillis() - tickDueWallMillis) > SUSPENSION_MILLIS;
    }

    /** A newcomer may come from another part of the network: an early look-up there joins the two parts. */
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

    /**
     * A node without contacts does not wait for the next tick: a host that was busy for a few seconds may have missed the first greeting.
     */
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
                // its next turn is already scheduled
            }
        });
    }

    /** With few contacts, a newcomer may come from another part of the network and know the rest of it. */
    private void lookUpSelf() {
        lookups.findNodes(Key.at(local.id()), local.limits().k(), closest -> {});
    }

    /** Each greeting draws several answers, so the nodes of a local network take turns: with n contacts, one waits n times as long. */
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

    /** A search found nothing: greets the local network, at a bounded rate, because a node there that no contact knows may have it. */
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
