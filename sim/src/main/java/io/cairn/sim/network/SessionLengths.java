package io.cairn.sim.network;

import java.util.random.RandomGenerator;

/**
 * The session lengths of nodes: a Weibull distribution of shape 1/2, heavy-tailed like measured networks. Of new nodes, half stay another
 * median; of nodes up for ten medians, 90 of 100 do (the rising curve of Maymounkov and Mazières, Kademlia, 2002, figure 3; an exponential
 * distribution would give a flat one). The mean is 4.2 medians.
 *
 * @param medianMillis half of all sessions are shorter, at least 1
 */
public record SessionLengths(long medianMillis) {
    private static final double LN_2 = Math.log(2);

    public SessionLengths {
        if (medianMillis < 1) {
            throw new IllegalArgumentException("a median of " + medianMillis + " ms");
        }
    }

    /** A session from its beginning: for shape 1/2, the scale times the square of an exponential number. */
    public long whole(RandomGenerator random) {
        double root = random.nextExponential();
        return Math.round(scaleMillis() * root * root);
    }

    /**
     * The rest of a session that is observed at a random moment, in a network that has always been like this: long ones are observed more
     * often. For shape 1/2, the square of the sum of two exponential numbers.
     */
    public long rest(RandomGenerator random) {
        double root = random.nextExponential() + random.nextExponential();
        return Math.round(scaleMillis() * root * root);
    }

    private double scaleMillis() {
        return medianMillis / (LN_2 * LN_2);
    }
}
