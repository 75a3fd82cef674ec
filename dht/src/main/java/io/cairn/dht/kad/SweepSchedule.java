package io.cairn.dht.kad;

import io.cairn.dht.id.Id160;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * When to republish which part of the key space. The space is cut into {@value #CELLS} cells of equal size; the caller decides how many
 * neighbouring ones a sweep covers, so that each sweep meets more than k nodes. Each such region has its moment in every interval: the
 * regions are spread evenly over it, in an order that differs from node to node, since it follows the XOR of region and own id (the
 * schedule of go-libp2p-kad-dht's sweep). The intervals are those of the wall clock since 1970, so the only state is when each cell was
 * last published: a cell is due if its moment has passed since. A failed region is due again after a back-off that doubles.
 *
 * <p>Pure, at most five kilobytes; a query looks at each cell once.
 */
public final class SweepSchedule {
    /** Cells of the key space. */
    public static final int CELLS = 256;

    /** Leading bits that the keys of a cell share. */
    public static final int CELL_BITS = 8;

    private static final int DOUBLINGS_MAX = 16;

    /** A publication later than now by more than this was made before the clock was set back. */
    private static final long CLOCK_STEP_MILLIS = 60_000;

    private final KademliaLimits.Publishing limits;
    private final int own;
    private final long[] publishedMillis = new long[CELLS];
    private final long[] notBeforeMillis = new long[CELLS];
    private final byte[] failures = new byte[CELLS];
    private final boolean[] isBegun = new boolean[CELLS];
    private final boolean[] isTaken = new boolean[CELLS];

    public SweepSchedule(NodeId self, KademliaLimits limits) {
        this.limits = limits.publishing();
        this.own = cellOf(self);
    }

    /** The cell of a point: its first bits. */
    public static int cellOf(Id160 point) {
        return point.toBytes()[0] & 0xff;
    }

    /**
     * Marks cells without a known publication as published at a time; all times are wall-clock milliseconds since 1970.
     *
     * @return these cells
     */
    public List<Integer> begin(long wallMillis) {
        List<Integer> begun = new ArrayList<>();
        for (int cell = 0; cell < CELLS; cell++) {
            if (!isBegun[cell]) {
                resume(cell, wallMillis);
                begun.add(cell);
            }
        }
        return begun;
    }

    /** Records when a cell was published, maybe by an earlier run. */
    public void resume(int cell, long wallMillis) {
        isBegun[cell] = true;
        publishedMillis[cell] = wallMillis;
    }

    /** The published content is out of date: everything is due. */
    public void makeAllDue() {
        Arrays.fill(isBegun, true);
        Arrays.fill(publishedMillis, 0);
        retryNow();
    }

    /** Makes failed cells due at once. */
    public void retryNow() {
        Arrays.fill(notBeforeMillis, 0);
    }

    /**
     * The region whose publication has been due longest, limited to its due cells, if there is one; it is not returned again until its
     * outcome is reported.
     *
     * @param bits the number of leading bits that the keys of a region share, 0 to {@value #CELL_BITS}
     */
    public Optional<Region> take(int bits, long wallMillis) {
        int longest = -1;
        for (int cell = 0; cell < CELLS; cell++) {
            if (isOpen(cell, bits, wallMillis) && (longest < 0 || publishedMillis[cell] < publishedMillis[longest])) {
                longest = cell;
            }
        }
        if (longest < 0) {
            return Optional.empty();
        }
        int count = 1 << (CELL_BITS - bits);
        int first = longest;
        int end = longest + 1;
        while (first > (longest & -count) && isOpen(first - 1, bits, wallMillis)) {
            first--;
        }
        while (end < (longest & -count) + count && isOpen(end, bits, wallMillis)) {
            end++;
        }
        Arrays.fill(isTaken, first, end, true);
        return Optional.of(new Region(first, end - first));
    }

    /** A taken region has been published. */
    public void succeeded(Region region, long wallMillis) {
        for (int cell = region.first(); cell < region.first() + region.count(); cell++) {
            isTaken[cell] = false;
            failures[cell] = 0;
            notBeforeMillis[cell] = 0;
            resume(cell, wallMillis);
        }
    }

    /** A taken region could not be published. */
    public void failed(Region region, long wallMillis) {
        for (int cell = region.first(); cell < region.first() + region.count(); cell++) {
            isTaken[cell] = false;
            notBeforeMillis[cell] = wallMillis + backOffMillis(failures[cell], limits);
            failures[cell] = (byte) Math.min(DOUBLINGS_MAX, failures[cell] + 1);
        }
    }

    /** The time until a region is due, in milliseconds; 0 if one is. Taken regions do not count. */
    public long waitMillis(int bits, long wallMillis) {
        long least = limits.republishMillis();
        for (int cell = 0; cell < CELLS; cell++) {
            if (!isTaken[cell]) {
                long momentMillis = isDue(cell, bits, wallMillis)
                        ? wallMillis
                        : lastMomentMillis(cell, bits, wallMillis) + limits.republishMillis();
                least = Math.min(least, Math.max(momentMillis, notBeforeMillis[cell]) - wallMillis);
            }
        }
        return Math.max(0, least);
    }

    /** The back-off after a number of earlier consecutive failures. */
    public static long backOffMillis(int failures, KademliaLimits.Publishing limits) {
        return Math.min(limits.retryMillisMax(), limits.retryMillis() << Math.min(failures, DOUBLINGS_MAX));
    }

    private boolean isOpen(int cell, int bits, long wallMillis) {
        return !isTaken[cell] && notBeforeMillis[cell] <= wallMillis && isDue(cell, bits, wallMillis);
    }

    private boolean isDue(int cell, int bits, long wallMillis) {
        return isBegun[cell]
                && (publishedMillis[cell] < lastMomentMillis(cell, bits, wallMillis)
                        || publishedMillis[cell] > wallMillis + CLOCK_STEP_MILLIS);
    }

    private long lastMomentMillis(int cell, int bits, long wallMillis) {
        long interval = limits.republishMillis();
        int number = (cell ^ own) & -(1 << (CELL_BITS - bits));
        return wallMillis - Math.floorMod(wallMillis - interval * number / CELLS, interval);
    }

    /**
     * A range of neighbouring cells.
     *
     * @param first the first of them
     * @param count their number
     */
    public record Region(int first, int count) {
        /** The lowest point of the region. */
        public Key lowest() {
            return edge((byte) first, (byte) 0);
        }

        /** The highest point of the region. */
        public Key highest() {
            return edge((byte) (first + count - 1), (byte) 0xff);
        }

        private static Key edge(byte cell, byte rest) {
            byte[] bytes = new byte[Id160.LENGTH_BYTES];
            Arrays.fill(bytes, rest);
            bytes[0] = cell;
            return Key.of(bytes);
        }
    }
}
