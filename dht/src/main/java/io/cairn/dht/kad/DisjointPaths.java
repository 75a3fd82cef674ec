package io.cairn.dht.kad;

import org.jspecify.annotations.Nullable;

/**
 * The disjoint paths of one look-up (S/Kademlia, section 4.4). A path has its own part of the shortlist: the contacts dealt to it and those
 * named by whom it asked. It asks the closest of these, one at a time, passing over those that another path asked, until the closest few
 * that it asked have answered. That brings it to the neighbourhood of the target if nobody on the way lied.
 */
final class DisjointPaths {
    /**
     * Answers that end a path. A liar names about 20 accomplices that are closer than most, so a path that asked one seldom recovers, however
     * long; a path without liars is there after two or three.
     */
    private static final int WIDTH = 3;

    /** As many bits as a candidate has. */
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

    /** Whether some path is not at its end. */
    boolean isUnderWay() {
        return isUnderWay;
    }

    /** Gives a contact of this node's own to one path. */
    void deal(Candidate candidate, Shortlist all) {
        heard(candidate, turn, all);
        turn = (turn + 1) % inFlight.length;
    }

    /** Takes note that a path has heard of a candidate. Each has its share of the memory, so that a liar cannot push out the others' candidates. */
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

    /** The next candidate, marked as asked; null if each path waits for an answer or is at its end. */
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

    /** Somebody whom a path asked has answered, stalled or failed. */
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
