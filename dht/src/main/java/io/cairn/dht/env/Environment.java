package io.cairn.dht.env;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Everything a node takes from outside: nothing else in the core reads time, draws a number, waits, sends or writes to disk.
 *
 * @param random a {@link java.security.SecureRandom} on a real node, a seeded generator in a simulation; used on the loop only
 * @param journal keeps held records between runs; null for a node that forgets them
 */
public record Environment(
        Clock clock,
        Scheduler scheduler,
        Network network,
        RandomGenerator random,
        @Nullable RecordJournal journal) {
    /** For a node that forgets its records. */
    public Environment(Clock clock, Scheduler scheduler, Network network, RandomGenerator random) {
        this(clock, scheduler, network, random, null);
    }
}
