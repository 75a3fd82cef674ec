package io.cairn.sim.kademlia;

import io.cairn.dht.Dht;
import io.cairn.dht.Provider;
import io.cairn.dht.SearchReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the results of a search until it ends. */
final class Finding implements Dht.SearchListener {
    private final List<Provider> providers = new ArrayList<>();
    private @Nullable SearchReport end;

    @Override
    public void found(Provider provider) {
        providers.add(provider);
    }

    @Override
    public void ended(SearchReport report) {
        end = report;
    }

    boolean hasEnded() {
        return end != null;
    }

    /**
     * @throws IllegalStateException if the search has not ended
     */
    Simulation.Found found() {
        if (end == null) {
            throw new IllegalStateException("the search has not ended");
        }
        return new Simulation.Found(List.copyOf(providers), end);
    }
}
