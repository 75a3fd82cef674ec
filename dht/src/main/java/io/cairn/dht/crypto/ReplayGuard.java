package io.cairn.dht.crypto;

import java.nio.ByteBuffer;

/**
 * Remembers the random bytes of what was received, for as long as a repetition could still be in time: what is stamped outside the window of
 * five minutes around now is refused for its time. The memory is bounded, and begins empty. What was stamped before it reaches back is
 * refused too, as it may be a repetition: so nothing recorded before a start counts after it, and a peer whose clock is some seconds behind
 * is heard some seconds after the start. Not thread-safe.
 */
public final class ReplayGuard {
    /** How far a stamp may be off, in milliseconds. */
    public static final long WINDOW_MILLIS = 300_000;

    /** A stamp from the edge of the future is in time for twice the window. */
    private static final long KEPT_MILLIS = 2 * WINDOW_MILLIS;

    private final int generationMax;
    private Generation current;
    private Generation before;

    /**
     * @param generationMax things remembered before the oldest are forgotten: at least this many are, at most twice as many; 16 bytes each
     * @param nowMillis of a monotonic clock
     */
    public ReplayGuard(int generationMax, long nowMillis) {
        this.generationMax = generationMax;
        this.current = new Generation(nowMillis);
        this.before = current;
    }

    /**
     * Remembers these bytes.
     *
     * @param random at least 8 bytes, of which the last 8 count
     * @return false if they are known
     */
    public boolean isNew(byte[] random, long nowMillis) {
        long fingerprint = ByteBuffer.wrap(random).getLong(random.length - Long.BYTES);
        if (current.count >= generationMax || nowMillis - current.beganMillis >= KEPT_MILLIS) {
            before = current;
            current = new Generation(nowMillis);
        }
        return !before.contains(fingerprint) && current.add(fingerprint);
    }

    /**
     * Whether a repetition of something stamped so long ago would be noticed.
     *
     * @param ageMillis from the stamp to now by the wall clock; negative if the stamp is ahead
     */
    public boolean reaches(long ageMillis, long nowMillis) {
        return ageMillis <= nowMillis - before.beganMillis;
    }

    /** A set of numbers in one table with open addressing (Knuth, volume 3, section 6.4, algorithm L), at most half full. */
    private static final class Generation {
        private final long beganMillis;
        private long[] table = new long[1_024];
        private int count;

        Generation(long beganMillis) {
            this.beganMillis = beganMillis;
        }

        boolean contains(long number) {
            return table[slot(table, filled(number))] != 0;
        }

        boolean add(long number) {
            int slot = slot(table, filled(number));
            if (table[slot] != 0) {
                return false;
            }
            table[slot] = filled(number);
            count++;
            if (2 * count > table.length) {
                grow();
            }
            return true;
        }

        private void grow() {
            long[] larger = new long[2 * table.length];
            for (long number : table) {
                if (number != 0) {
                    larger[slot(larger, number)] = number;
                }
            }
            table = larger;
        }

        /** Zero marks an empty slot. */
        private static long filled(long number) {
            return number == 0 ? 1 : number;
        }

        private static int slot(long[] table, long number) {
            int slot = (int) (number & (table.length - 1));
            while (table[slot] != 0 && table[slot] != number) {
                slot = (slot + 1) & (table.length - 1);
            }
            return slot;
        }
    }
}
