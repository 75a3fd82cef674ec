package io.cairn.sim.network;

import java.util.random.RandomGenerator;

/**
 * The delays and losses of datagrams. Every host has a position in a unit square, so that the distance of two hosts never changes; the
 * jitter changes from datagram to datagram. It is log-normal, as queues on the way produce it: mostly small, sometimes many times as long,
 * so datagrams overtake each other.
 *
 * @param latencyMillis one way between hosts at the same position, at least 0
 * @param spreadMillis added per unit of distance; two random positions are 0.52 apart on average
 * @param jitterMillis the mean of the random delay
 * @param loss the fraction of datagrams that is lost, 0 to 1
 * @param duplication the fraction of datagrams that arrives twice, 0 to 1
 */
public record LinkModel(long latencyMillis, long spreadMillis, long jitterMillis, double loss, double duplication) {
    /** Mean distance of two random points of the unit square. */
    private static final double MEAN_DISTANCE = 0.5214;

    /**
     * Sigma of the normal distribution whose exponential is the jitter: with 1, one datagram in a hundred is six times as late as the mean.
     */
    private static final double JITTER_SIGMA = 1;

    /** The longest jitter, as a multiple of the mean. */
    private static final double JITTER_MAX = 20;

    public LinkModel {
        if (latencyMillis < 0 || spreadMillis < 0 || jitterMillis < 0 || !isPart(loss) || !isPart(duplication)) {
            throw new IllegalArgumentException("invalid link: " + latencyMillis + " ms, " + spreadMillis + " ms, "
                    + jitterMillis + " ms, loss " + loss + ", duplication " + duplication);
        }
    }

    /** A link with the same delay between any two hosts, without duplication. */
    public LinkModel(long latencyMillis, long jitterMillis, double loss) {
        this(latencyMillis, 0, jitterMillis, loss, 0);
    }

    /** A wired LAN: a millisecond or two, no loss. */
    public static LinkModel lan() {
        return new LinkModel(1, 1, 0);
    }

    /** The Internet on a good day: a round trip of 100 milliseconds on average, and one lost datagram in a hundred. */
    public static LinkModel internet() {
        return ofMeanRoundTrip(100).withLoss(0.01);
    }

    /** A link without loss with this mean round trip: a fifth of it constant, three fifths by distance, a fifth jitter. */
    public static LinkModel ofMeanRoundTrip(long millis) {
        double oneWay = millis / 2.0;
        long jitter = Math.round(oneWay / 5);
        long spread = Math.round(oneWay * 3 / 5 / MEAN_DISTANCE);
        return new LinkModel(Math.round(oneWay - jitter - spread * MEAN_DISTANCE), spread, jitter, 0, 0);
    }

    public LinkModel withLoss(double other) {
        return new LinkModel(latencyMillis, spreadMillis, jitterMillis, other, duplication);
    }

    /** The mean round trip between random hosts, in milliseconds. */
    public double meanRoundTripMillis() {
        return 2 * (latencyMillis + spreadMillis * MEAN_DISTANCE + jitterMillis);
    }

    /** The delay of one datagram. */
    long delayMillis(double distance, RandomGenerator random) {
        double millis = latencyMillis + spreadMillis * distance;
        if (jitterMillis > 0) {
            double factor = Math.exp(random.nextGaussian() * JITTER_SIGMA - JITTER_SIGMA * JITTER_SIGMA / 2);
            millis += jitterMillis * Math.min(factor, JITTER_MAX);
        }
        return Math.round(millis);
    }

    private static boolean isPart(double part) {
        return part >= 0 && part <= 1;
    }
}
