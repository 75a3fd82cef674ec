package io.cairn.dht.sim;

/**
 * How datagrams travel.
 *
 * @param latencyMillis one way, at least 0
 * @param jitterMillis added at random, from 0 to this; enough of it reorders
 * @param loss the part of datagrams that is lost, 0 to 1
 */
public record LinkModel(long latencyMillis, long jitterMillis, double loss) {
    public LinkModel {
        if (latencyMillis < 0 || jitterMillis < 0 || loss < 0 || loss > 1) {
            throw new IllegalArgumentException("no such link: " + latencyMillis + " " + jitterMillis + " " + loss);
        }
    }

    /** A wired LAN: one millisecond, nothing lost. */
    public static LinkModel lan() {
        return new LinkModel(1, 1, 0);
    }

    /** The Internet on a fair day: 20 to 70 milliseconds one way. */
    public static LinkModel internet() {
        return new LinkModel(20, 50, 0.01);
    }

    public LinkModel withLoss(double other) {
        return new LinkModel(latencyMillis, jitterMillis, other);
    }
}
