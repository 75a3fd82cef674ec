package io.cairn.sim.network;

import java.util.random.RandomGenerator;

/**
 * How datagrams travel. Every host has a place in a unit square, so that two hosts are as far apart tomorrow as they are today; what
 * changes from datagram to datagram is the jitter, log-normal, as queues on the way make it: mostly small, now and then many times as
 * long, and so datagrams overtake each other.
 *
 * @param latencyMillis one way between hosts at one place, at least 0
 * @param spreadMillis added for each unit of distance; two random places are 0.52 apart on average
 * @param jitterMillis the mean of what is added at random
 * @param loss the part of datagrams that is lost, 0 to 1
 * @param duplication the part of datagrams that arrives twice, 0 to 1
 */
public record LinkModel(long latencyMillis, long spreadMillis, long jitterMillis, double loss, double duplication) {
    /** Mean distance of two random points of the unit square. */
    private static final double MEAN_DISTANCE = 0.5214;

    /** Of the normal distribution whose exponential the jitter is: with 1, one datagram in a hundred is six times as late as the mean. */
    private static final double JITTER_SIGMA = 1;

    /** No jitter is longer than so many times the mean. */
    private static final double JITTER_MAX = 20;

    public LinkModel {
        if (latencyMillis < 0 || spreadMillis < 0 || jitterMillis < 0 || !isPart(loss) || !isPart(duplication)) {
            throw new IllegalArgumentException("no such link: " + latencyMillis + " ms, " + spreadMillis + " ms, "
                    + jitterMillis + " ms, loss " + loss + ", duplication " + duplication);
        }
    }

    /** A link as long between any two hosts, without duplication. */
    public LinkModel(long latencyMillis, long jitterMillis, double loss) {
        this(latencyMillis, 0, jitterMillis, loss, 0);
    }

    /** A wired LAN: a millisecond or two, nothing lost. */
    public static LinkModel lan() {
        return new LinkModel(1, 1, 0);
    }

    /** The Internet on a fair day: 100 milliseconds there and back on average, of a hundred datagrams one lost. */
    public static LinkModel internet() {
        return ofMeanRoundTrip(100).withLoss(0.01);
    }

    /**
     * A link without loss whose datagrams take so long there and back on average: a fifth of it everywhere, three fifths by distance, a
     * fifth by jitter.
     */
    public static LinkModel ofMeanRoundTrip(long millis) {
        double oneWay = millis / 2.0;
        long jitter = Math.round(oneWay / 5);
        long spread = Math.round(oneWay * 3 / 5 / MEAN_DISTANCE);
        return new LinkModel(Math.round(oneWay - jitter - spread * MEAN_DISTANCE), spread, jitter, 0, 0);
    }

    public LinkModel withLoss(double other) {
        return new LinkModel(latencyMillis, spreadMillis, jitterMillis, other, duplication);
    }

    /** The mean time there and back between random hosts, in milliseconds. */
    public double meanRoundTripMillis() {
        return 2 * (latencyMillis + spreadMillis * MEAN_DISTANCE + jitterMillis);
    }

    /** How long one datagram takes. */
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
