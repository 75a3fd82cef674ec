package io.cairn.dht.kad;

import org.jspecify.annotations.Nullable;

/**
 * The disjoint paths of one look-up (S/Kademlia, section 4.4). Each path has its own part of the shortlist: the contacts dealt to it and
 * those named by the nodes it asked. It asks the closest of these, one at a time, skipping nodes that another path asked, until its closest
 * few have answered. That reaches the neighbourhood of the target if no node on the way lied.
 */
final class DisjointPaths {
    /**
     * Answers that end a path. A liar names about 20 accomplices that are closer than most nodes, so a path that asked one seldom recovers,
     * however long it runs; an honest path arrives after two or three answers.
     */
    private static final int WIDTH = 3;

    /** The number of path bits of a candidate. */
    static final int COUNT_MAX = 31;

    private final int[] inFlight;
    private final int[] sizes;
    private final int sizeMax;
    private final int liesMax;
    private int turn;
    private boolean isUnderWay;

    /**
     * @param count 0 for none, at most {@link #COUNT_MAX}
     */
    DisjointPaths(int count, KademliaLimits.Lookups limits) {
        this.inFlight = new int[count];
        this.sizes = new int[count];
        this.sizeMax = count == 0 ? 0 : limits.candidatesMax() / (2 * count);
        this.liesMax = limits.liesMax();
        this.isUnderWay = count > 0;
    }

    int count() {
        return inFlight.length;
    }

    /** Whether any path has not ended. */
    boolean isUnderWay() {
        return isUnderWay;
    }

    /** Deals one of this node's own contacts to a path. */
    void deal(Candidate candidate, Shortlist all) {
        heard(candidate, turn, all);
        turn = (turn + 1) % inFlight.length;
    }

    /**
     * Records that a path heard of a candidate. Each path has its share of the memory, so that a liar cannot push out the candidates of the
     * others.
     */
    void heard(Candidate candidate, int path, Shortlist all) {
        if (path < 0 || candidate.isOn(path)) {
            return;
        }
        if (sizes[path] < sizeMax) {
            sizes[path]++;
            candidate.putOn(path);
        } else if (takeOffFarther(candidate, path, all)) {
            candidate.putOn(path);
        }
    }

    /** The next candidate, marked as asked; null if every path waits for an answer or has ended. */
    @Nullable
    Candidate next(Shortlist all) {
        boolean isAnyWaiting = false;
        for (int path = 0; path < inFlight.length; path++) {
            if (inFlight[path] > 0) {
                isAnyWaiting = true;
                continue;
            }
            Candidate next = next(path, all);
            if (next != null) {
                inFlight[path]++;
                next.ask(path);
                return next;
            }
        }
        isUnderWay = isAnyWaiting;
        return null;
    }

    /** A node asked by a path has answered, stalled or failed. */
    void leaveFlight(Candidate candidate) {
        if (candidate.askedOn() >= 0) {
            inFlight[candidate.askedOn()]--;
        }
    }

    private @Nullable Candidate next(int path, Shortlist all) {
        int answers = 0;
        for (int rank = 0; rank < all.size(); rank++) {
            Candidate candidate = all.get(rank);
            if (!candidate.isOn(path) || candidate.isOut(liesMax)) {
                continue;
            }
            if (candidate.isFresh()) {
                return candidate;
            }
            if (candidate.hasAnswered() && candidate.askedOn() == path && ++answers == WIDTH) {
                return null;
            }
        }
        return null;
    }

    private static boolean takeOffFarther(Candidate than, int path, Shortlist all) {
        for (int rank = all.size() - 1; rank >= 0; rank--) {
            Candidate candidate = all.get(rank);
            if (candidate == than) {
                return false;
            }
            if (candidate.isOn(path) && candidate.isFresh()) {
                candidate.takeOff(path);
                return true;
            }
        }
        return false;
    }
}
