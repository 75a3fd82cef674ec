package io.cairn.app.codes;

import io.cairn.dht.Dht;
import io.cairn.dht.Provider;
import io.cairn.dht.SearchReport;
import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Key;
import io.cairn.transfer.protocol.code.CodeCodec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/** Picks a low number that no other sender seems to use. On the loop. */
final class CodeNumbers {
    /** Numbers looked up at once. */
    private static final int CANDIDATES = 4;

    /** Longest look-up of one range of numbers. */
    private static final long LOOK_MILLIS = 800;

    private final Dht dht;
    private final Clock clock;
    private final Scheduler scheduler;
    private final RandomGenerator random;

    CodeNumbers(Dht dht, Clock clock, Scheduler scheduler, RandomGenerator random) {
        this.dht = dht;
        this.clock = clock;
        this.scheduler = scheduler;
        this.random = random;
    }

    /** @param isTaken whether this node itself uses a number */
    CompletableFuture<Integer> pick(IntPredicate isTaken) {
        CompletableFuture<Integer> picked = new CompletableFuture<>();
        pick(1, isTaken, picked);
        return picked;
    }

    /** @param from the smallest number of the range: 1, 10, 100 or 1,000 */
    private void pick(int from, IntPredicate isTaken, CompletableFuture<Integer> picked) {
        List<Integer> free = new ArrayList<>();
        for (int number = from; number < from * 10; number++) {
            if (!isTaken.test(number)) {
                free.add(number);
            }
        }
        if (free.isEmpty() && from * 10 < CodeCodec.NUMBER_MAX) {
            pick(from * 10, isTaken, picked);
            return;
        }
        Set<Integer> candidates = new LinkedHashSet<>();
        for (int drawn = 0; drawn < CANDIDATES && !free.isEmpty(); drawn++) {
            candidates.add(free.remove(random.nextInt(free.size())));
        }
        boolean isLast = from * 10 > CodeCodec.NUMBER_MAX;
        var unusedPick = unused(candidates).thenAccept(unused -> {
            if (!unused.isEmpty()) {
                picked.complete(unused.iterator().next());
            } else if (isLast) {
                picked.complete(1_000 + random.nextInt(9 * 1_000));
            } else {
                pick(from * 10, isTaken, picked);
            }
        });
    }

    /** Those under which nobody is found within a short time. */
    private CompletableFuture<Set<Integer>> unused(Set<Integer> candidates) {
        CompletableFuture<Set<Integer>> result = new CompletableFuture<>();
        Set<Integer> unused = new LinkedHashSet<>(candidates);
        List<Dht.Search> searches = new ArrayList<>();
        Set<Key> looking = new LinkedHashSet<>();
        for (int number : candidates) {
            for (Key key : MeetingPlace.around(number, clock.wallMillis())) {
                looking.add(key);
                searches.add(dht.findProviders(key, new Dht.SearchListener() {
                    @Override
                    public void found(Provider provider) {
                        unused.remove(number);
                    }

                    @Override
                    public void ended(SearchReport report) {
                        looking.remove(key);
                        if (looking.isEmpty()) {
                            result.complete(unused);
                        }
                    }
                }));
            }
        }
        scheduler.schedule(LOOK_MILLIS, () -> {
            searches.forEach(Dht.Search::cancel);
            result.complete(unused);
        });
        return result;
    }
}
