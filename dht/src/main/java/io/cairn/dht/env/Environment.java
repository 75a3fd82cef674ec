package io.cairn.dht.env;

import java.util.random.RandomGenerator;

/**
 * Everything a node takes from outside: nothing else in the core reads time, draws a number, waits or sends.
 *
 * @param random a {@link java.security.SecureRandom} on a real node, a seeded generator in a simulation; used on the loop only
 */
public record Environment(Clock clock, Scheduler scheduler, Network network, RandomGenerator random) {}
