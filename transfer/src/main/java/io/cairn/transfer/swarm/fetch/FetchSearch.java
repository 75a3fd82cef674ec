package io.cairn.transfer.swarm.fetch;

import io.cairn.dht.Dht;
import io.cairn.dht.Provider;
import io.cairn.dht.SearchReport;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.swarm.peer.SwarmLimits;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Searches for providers of one key, repeatedly while few are known, and soon after a new contact appears: on a LAN peers appear late. The
 * interval grows while no provider is known. With only a few known it stays short, so that a late one is found within a second; such
 * searches are rare, since a fetching node becomes a provider itself. Confined to the loop.
 */
final class FetchSearch implements Dht.SearchListener {
    private static final int AFTER_CONTACT_MILLIS = 100;
    private static final int BACK_OFF_MAX = 3;

    private final Dht dht;
    private final Scheduler scheduler;
    private final Key key;
    private final SwarmLimits limits;
    private final IntSupplier reached;
    private final Consumer<Provider> found;
    private final Set<NodeId> known = new LinkedHashSet<>();
    private Dht.@Nullable Search search;
    private Scheduler.@Nullable Timer timer;
    private @Nullable SearchReport last;
    private int backOff = 1;
    private boolean contactAppeared;
    private boolean stopped;

    /** @param reached number of providers with a session: names alone are not enough, since anyone can make them up */
    FetchSearch(
            Dht dht, Scheduler scheduler, Key key, SwarmLimits limits, IntSupplier reached, Consumer<Provider> found) {
        this.dht = dht;
        this.scheduler = scheduler;
        this.key = key;
        this.limits = limits;
        this.reached = reached;
        this.found = found;
    }

    void start() {
        timer = null;
        contactAppeared = false;
        if (!stopped && search == null) {
            search = dht.findProviders(key, this);
        }
    }

    /** A new contact may know, or be, a provider. */
    void contactAppeared() {
        backOff = 1;
        if (search != null) {
            contactAppeared = true;
        } else {
            searchAfter(AFTER_CONTACT_MILLIS);
        }
    }

    /** The current or last look-up. */
    @Nullable
    SearchReport report() {
        return search == null ? last : search.report();
    }

    /** Distinct providers found in all look-ups. */
    int providers() {
        return known.size();
    }

    void stop() {
        stopped = true;
        if (search != null) {
            last = search.report();
            search.cancel();
            search = null;
        }
        if (timer != null) {
            timer.cancel();
        }
    }

    @Override
    public void found(Provider provider) {
        known.add(provider.id());
        found.accept(provider);
    }

    @Override
    public void ended(SearchReport report) {
        search = null;
        last = report;
        if (contactAppeared) {
            searchAfter(AFTER_CONTACT_MILLIS);
        } else if (Math.min(known.size(), reached.getAsInt()) < limits.providersEnough()) {
            boolean often = !known.isEmpty() && known.size() < limits.providersEnough();
            searchAfter(often ? limits.searchOftenMillis() : limits.searchAgainMillis() * backOff);
            backOff = Math.min(BACK_OFF_MAX, 2 * backOff);
        }
    }

    private void searchAfter(int millis) {
        if (!stopped) {
            if (timer != null) {
                timer.cancel();
            }
            timer = scheduler.schedule(millis, this::start);
        }
    }
}
