package io.cairn.app.why;

import io.cairn.dht.Dht;
import io.cairn.dht.Provider;
import io.cairn.dht.SearchReport;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Key;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A look-up for somebody who waits: it is cut short after a while, silent nodes or not. On the loop. */
public final class LookupNow {
    /** Longest look-up in milliseconds: nodes that answer do so sooner. */
    private static final long MILLIS_MAX = 3_000;

    private LookupNow() {}

    public static CompletableFuture<SearchReport> of(Dht dht, Scheduler scheduler, Key key, Consumer<Provider> found) {
        CompletableFuture<SearchReport> result = new CompletableFuture<>();
        Dht.Search search = dht.findProviders(key, new Dht.SearchListener() {
            @Override
            public void found(Provider provider) {
                found.accept(provider);
            }

            @Override
            public void ended(SearchReport report) {
                result.complete(report);
            }
        });
        Scheduler.Timer end = scheduler.schedule(MILLIS_MAX, () -> {
            if (result.complete(search.report())) {
                search.cancel();
            }
        });
        return result.whenComplete((report, failure) -> end.cancel());
    }
}
