package io.cairn.dht.kad;

import io.cairn.dht.id.Id160;
import io.cairn.dht.id.Key;
import org.jspecify.annotations.Nullable;

/** The explored parts of the identifier space: a binary tree of subtrees that are explored, unknown, or split in two. */
final class ExploredSpace {
    private final Part root = new Part();

    boolean isWhole() {
        return root.isExplored;
    }

    void exploreAll() {
        root.markExplored();
    }

    /** Marks the sibling subtree at depth {@code bits} on the way to a point. */
    void exploreBeside(Id160 point, int bits) {
        root.exploreBeside(point, bits, 0);
    }

    /**
     * The nearest unexplored point to a point that shares at least {@code bits} bits with it; it is a corner of a gap. Null if all such
     * points are explored.
     */
    @Nullable
    Key gapNear(Key point, int bits) {
        return root.gapNear(point, bits, 0);
    }

    private static final class Part {
        private boolean isExplored;
        private @Nullable Part zero;
        private @Nullable Part one;

        void markExplored() {
            isExplored = true;
            zero = null;
            one = null;
        }

        void exploreBeside(Id160 point, int bits, int depth) {
            if (isExplored) {
                return;
            }
            Part zeros = zero == null ? new Part() : zero;
            Part ones = one == null ? new Part() : one;
            zero = zeros;
            one = ones;
            if (depth == bits) {
                (point.bit(depth) ? zeros : ones).markExplored();
            } else {
                (point.bit(depth) ? ones : zeros).exploreBeside(point, bits, depth + 1);
            }
            if (zeros.isExplored && ones.isExplored) {
                markExplored();
            }
        }

        /** Below depth {@code bits}, searches the near side of each fork first, then the other. */
        @Nullable
        Key gapNear(Key point, int bits, int depth) {
            if (isExplored) {
                return null;
            }
            if (zero == null || one == null) {
                return point;
            }
            boolean isOne = point.bit(depth);
            Key gap = (isOne ? one : zero).gapNear(point, bits, depth + 1);
            if (gap != null || depth < bits) {
                return gap;
            }
            return (isOne ? zero : one).gapNear(flipped(point, depth), bits, depth + 1);
        }

        private static Key flipped(Key point, int bit) {
            byte[] bytes = point.toBytes();
            bytes[bit >>> 3] ^= (byte) (0x80 >>> (bit & 7));
            return Key.of(bytes);
        }
    }
}
