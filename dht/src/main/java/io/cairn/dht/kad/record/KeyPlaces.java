package io.cairn.dht.kad.record;

import io.cairn.dht.kad.AddressBlock;
import io.cairn.dht.wire.RecordPolicy;
import io.cairn.dht.wire.RecordType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides which records hold the places of a type under one key. Identities are free, addresses are not: all records of one
 * {@link Origin#group} share places, so a node that invents publishers competes with itself. A public address gets at most a 32nd of the
 * places, a block of addresses an eighth. No record is evicted while there is room. When all places are taken, a newcomer of a smaller
 * group replaces a record of the largest. Among equally large groups, two records are drawn at random and the younger one is evicted:
 * newcomers get in, and old records mostly stay. Within a group, a record that its publisher stored outranks one that another node passed
 * on.
 */
final class KeyPlaces {
    private static final int ADDRESS_PART = 32;
    private static final int BLOCK_PART = 8;

    private final int max;
    private final RandomGenerator random;

    /**
     * @param max places of each type under each key; a type's policy may allow fewer
     */
    KeyPlaces(int max, RandomGenerator random) {
        this.max = max;
        this.random = random;
    }

    /**
     * Whether a newcomer is admitted.
     *
     * @param leaver the record to evict for it; null if none
     */
    record Decision(boolean isAdmitted, @Nullable Held leaver) {
        private static final Decision ADMITTED = new Decision(true, null);
        private static final Decision REFUSED = new Decision(false, null);

        private static Decision replacing(@Nullable Held leaver) {
            return leaver == null ? REFUSED : new Decision(true, leaver);
        }
    }

    /**
     * @param all the records held under the key
     */
    Decision decide(Held newcomer, List<Held> all) {
        RecordType type = newcomer.statement().type();
        int placesMax = Math.min(max, RecordPolicy.of(type).perKeyMax());
        List<Held> under = chosen(all, held -> held.statement().type() == type);
        Origin origin = newcomer.origin();
        AddressBlock block = origin.block();
        if (block != null && !newcomer.isOwn()) {
            List<Held> ofAddress = chosen(under, held -> held.origin().address().equals(origin.address()));
            if (ofAddress.size() >= part(placesMax, ADDRESS_PART)) {
                return Decision.replacing(lessTrusted(newcomer, ofAddress));
            }
            List<Held> ofBlock =
                    chosen(under, held -> block.equals(held.origin().block()));
            if (ofBlock.size() >= part(placesMax, BLOCK_PART)) {
                return Decision.replacing(lessTrusted(newcomer, ofBlock));
            }
        }
        return under.size() < placesMax ? Decision.ADMITTED : Decision.replacing(leaver(newcomer, under));
    }

    /** Up to {@code count} of the given records: the groups take turns, each with a random record. */
    List<Held> spread(List<Held> found, int count, RandomGenerator draws) {
        List<List<Held>> groups = new ArrayList<>(byGroup(found).values());
        List<Held> shown = new ArrayList<>();
        while (shown.size() < count && !groups.isEmpty()) {
            List<List<Held>> unfinished = new ArrayList<>(groups.size());
            for (int i = 0; i < groups.size() && shown.size() < count; i++) {
                Collections.swap(groups, i, draws.nextInt(i, groups.size()));
                List<Held> group = groups.get(i);
                Collections.swap(group, draws.nextInt(group.size()), group.size() - 1);
                shown.add(group.remove(group.size() - 1));
                if (!group.isEmpty()) {
                    unfinished.add(group);
                }
            }
            groups = unfinished;
        }
        return shown;
    }

    private @Nullable Held leaver(Held newcomer, List<Held> under) {
        Map<Object, List<Held>> groups = byGroup(chosen(under, held -> !held.isOwn()));
        int largest = groups.values().stream().mapToInt(List::size).max().orElse(0);
        List<Held> company = groups.getOrDefault(newcomer.origin().group(), List.of());
        if (company.size() >= largest && !newcomer.isOwn()) {
            return lessTrusted(newcomer, company);
        }
        List<Held> candidates = new ArrayList<>();
        for (List<Held> group : groups.values()) {
            if (group.size() == largest) {
                candidates.addAll(group);
            }
        }
        return drawn(candidates);
    }

    /** In a group that gets no more places, a record passed on by another node makes way for one that its publisher stores itself. */
    private @Nullable Held lessTrusted(Held newcomer, List<Held> company) {
        return newcomer.origin().isFirstHand()
                ? drawn(chosen(company, held -> !held.origin().isFirstHand() && !held.isOwn()))
                : null;
    }

    private @Nullable Held drawn(List<Held> candidates) {
        if (candidates.isEmpty()) {
            return null;
        }
        Held one = candidates.get(random.nextInt(candidates.size()));
        Held other = candidates.get(random.nextInt(candidates.size()));
        boolean oneIsFirstHand = one.origin().isFirstHand();
        if (oneIsFirstHand != other.origin().isFirstHand()) {
            return oneIsFirstHand ? other : one;
        }
        return one.sinceMillis() < other.sinceMillis() ? other : one;
    }

    private static int part(int placesMax, int part) {
        return Math.max(1, placesMax / part);
    }

    private static List<Held> chosen(List<Held> from, Predicate<Held> which) {
        List<Held> chosen = new ArrayList<>();
        for (Held held : from) {
            if (which.test(held)) {
                chosen.add(held);
            }
        }
        return chosen;
    }

    private static Map<Object, List<Held>> byGroup(List<Held> some) {
        Map<Object, List<Held>> groups = new LinkedHashMap<>();
        for (Held held : some) {
            groups.computeIfAbsent(held.origin().group(), any -> new ArrayList<>(1))
                    .add(held);
        }
        return groups;
    }
}
