package io.cairn.sim.network;

/**
 * The fate of a network's datagrams. None vanishes: those sent and those duplicated on the way are delivered, lost, unheard or in transit.
 */
public final class DatagramCounts {
    private long sent;
    private long bytesSent;
    private long doubled;
    private long delivered;
    private long lost;
    private long unheard;
    private long underWay;

    public long sent() {
        return sent;
    }

    /** UDP payload in bytes. */
    public long bytesSent() {
        return bytesSent;
    }

    /** Extra copies of datagrams that the link duplicated. */
    public long doubled() {
        return doubled;
    }

    public long delivered() {
        return delivered;
    }

    /** Lost by the link, or between the parts of a partitioned network. */
    public long lost() {
        return lost;
    }

    /** Sent to an endpoint without a host, or to a host that is dead, asleep or behind a NAT when they arrive. */
    public long unheard() {
        return unheard;
    }

    public long underWay() {
        return underWay;
    }

    /** Whether every datagram is accounted for. */
    public boolean areConserved() {
        return sent + doubled == delivered + lost + unheard + underWay;
    }

    void countSent(int bytes) {
        sent++;
        bytesSent += bytes;
    }

    void countDoubled() {
        doubled++;
    }

    void countDelivered() {
        delivered++;
    }

    void countLost() {
        lost++;
    }

    void countUnheard() {
        unheard++;
    }

    void countUnderWay(int more) {
        underWay += more;
    }
}
