package io.cairn.app.why;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import io.cairn.app.Reason;
import io.cairn.app.Why;
import io.cairn.app.network.Diagnosis;
import io.cairn.app.network.NetworkView;
import io.cairn.dht.Provider;
import io.cairn.dht.SearchReport;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.Key;
import io.cairn.transfer.swarm.fetch.FetchFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts answers together. Confined to the loop.
 *
 * @param view the network as this node sees it now
 */
public record Whys(Clock clock, Supplier<NetworkView> view) {
    /**
     * Why a fetch stands where it stands.
     *
     * @param failure of the last attempt; null if there was none, or if another has begun
     */
    public Why ofFetch(Key hash, Fetch.Status status, @Nullable CairnException failure, FetchFacts facts) {
        Diagnosis cause = cause(status, failure, facts);
        return new Why(
                hash,
                status.name(),
                status.state(),
                cause.why(),
                cause.next().and("hash", hash),
                WhyLists.asked(facts.search(), view.get().misfits()),
                WhyLists.providers(facts.providers()),
                WhyLists.dials(facts, clock),
                new Why.Missing(
                        Math.max(0, status.chunkCount() - status.chunks()),
                        status.chunkCount(),
                        facts.missing().withNobody(),
                        facts.missing().withNobody().size()),
                WhyLists.peers(facts),
                clock.wallMillis());
    }

    /** The cause alone, as in {@link #ofFetch}. */
    public Diagnosis cause(Fetch.Status status, @Nullable CairnException failure, FetchFacts facts) {
        return Cause.of(status, failure, facts, view.get());
    }

    /** What a look-up found for a hash that this node has never fetched. */
    public Why ofLookup(Key hash, String name, boolean isShared, SearchReport search, List<Provider> providers) {
        Diagnosis cause = isShared
                ? new Diagnosis("this node shares it itself", Reason.NOTHING_TO_DO.says("peers find it under its hash"))
                : notFetched(search, providers);
        return new Why(
                hash,
                name,
                null,
                cause.why(),
                cause.next().and("hash", hash),
                WhyLists.asked(search, view.get().misfits()),
                WhyLists.providers(providers),
                List.of(),
                new Why.Missing(0, 0, List.of(), 0),
                List.of(),
                clock.wallMillis());
    }

    /** Adds to an answer about a fetch what an earlier attempt found. */
    public Why after(@Nullable Why before, Why now) {
        return after(before, now, view.get());
    }

    private Diagnosis notFetched(SearchReport search, List<Provider> providers) {
        if (!providers.isEmpty()) {
            return new Diagnosis(
                    "it was never fetched here; a look-up just now found " + providers.size()
                            + (providers.size() == 1 ? " provider" : " providers") + ", which nobody dialled",
                    Reason.FETCH_AGAIN.says("fetch it"));
        }
        Diagnosis nobody = Diagnosis.of(search, List.of(), view.get());
        return new Diagnosis(
                "it was never fetched here, and a look-up just now found no provider: " + nobody.why(), nobody.next());
    }

    /**
     * Adds the records that an earlier attempt found. If no node knows a provider any more because the last record has expired, that is
     * the cause.
     */
    static Why after(@Nullable Why before, Why now, NetworkView view) {
        if (before == null || before.providers().isEmpty()) {
            return now;
        }
        List<Why.ProviderFound> all = new ArrayList<>(now.providers());
        Set<Object> known = new HashSet<>();
        all.forEach(provider -> known.add(provider.node()));
        before.providers().stream()
                .filter(provider -> known.add(provider.node()))
                .forEach(all::add);
        Why merged = now.with(all);
        boolean isUnknown = now.providers().isEmpty() && now.next().reason() == Reason.CHECK_THE_HASH;
        return isUnknown
                ? lapsed(all, now.atMillis(), view)
                        .map(last -> merged.because(last.why(), last.next().and("hash", now.hash())))
                        .orElse(merged)
                : merged;
    }

    /** If all of these records have expired, that is why nobody knows a provider any more. */
    public static Optional<Diagnosis> lapsed(List<Why.ProviderFound> providers, long nowMillis, NetworkView view) {
        return providers.stream()
                .max(Comparator.comparingLong(Why.ProviderFound::expiryMillis))
                .filter(last -> last.isExpired(nowMillis))
                .map(last -> new Diagnosis(
                        "the last record of a provider, node " + view.shown(last.node()) + ", expired "
                                + ago(nowMillis - last.expiryMillis()) + " and was not renewed",
                        Reason.SHARE_AGAIN.says(
                                "start cairn on the sharing machine again: it publishes its shares anew")));
    }

    private static String ago(long millis) {
        long minutes = millis / 60_000;
        return minutes < 120 ? minutes + " min ago" : minutes / 60 + " h ago";
    }
}
