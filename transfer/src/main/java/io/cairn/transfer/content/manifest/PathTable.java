package io.cairn.transfer.content.manifest;

import org.jspecify.annotations.Nullable;

/**
 * Detects paths that cannot coexist on every system: duplicates, a file that is also a folder, and paths that
 * differ only in case or composition. Stores a 64-bit hash of each folded path. Equal paths have equal hashes, so no collision
 * is missed; the chance of a false one is one in a hundred million for the largest share.
 */
public final class PathTable {
    private static final long FNV_PRIME = 0x100000001b3L;

    private final int entriesMax;
    private long[] folded = new long[64];
    private @Nullable String[] names = new String[64];
    private @Nullable Kind[] kinds = new Kind[64];
    private int size;

    /** @param entriesMax files and folders together, including the folders above them */
    public PathTable(int entriesMax) {
        this.entriesMax = entriesMax;
    }

    /** The kind of entry at a path. */
    public enum Kind {
        FOLDER,
        EMPTY_FOLDER,
        FILE
    }

    /** Adds a path and the folders above it; returns the problem, or null. */
    @Nullable
    public String add(SharePath path, Kind kind) {
        long foldedHash = 1;
        int last = path.components().size() - 1;
        for (int i = 0; i <= last; i++) {
            String component = path.components().get(i);
            foldedHash = mixed(hash(foldedHash, PathRules.folded(component)));
            Kind here = i == last ? kind : Kind.FOLDER;
            int at = find(foldedHash);
            if (kinds[at] == null) {
                if (size == entriesMax) {
                    return tooMany(entriesMax);
                }
                put(at, foldedHash, component, here);
            } else if (here != Kind.FOLDER || kinds[at] != Kind.FOLDER || !component.equals(names[at])) {
                return "'" + path + "' collides with another path where case is ignored: '" + names[at] + "'";
            }
        }
        return null;
    }

    private static String tooMany(int entriesMax) {
        return String.format("more than %,d files and folders", entriesMax);
    }

    private void put(int at, long foldedHash, String name, Kind kind) {
        folded[at] = foldedHash;
        names[at] = name;
        kinds[at] = kind;
        if (++size * 2 > folded.length) {
            grow();
        }
    }

    private int find(long foldedHash) {
        int at = (int) foldedHash & folded.length - 1;
        while (kinds[at] != null && folded[at] != foldedHash) {
            at = at + 1 & folded.length - 1;
        }
        return at;
    }

    private void grow() {
        long[] oldFolded = folded;
        @Nullable String[] oldNames = names;
        @Nullable Kind[] oldKinds = kinds;
        folded = new long[2 * oldFolded.length];
        names = new String[folded.length];
        kinds = new Kind[folded.length];
        for (int i = 0; i < oldFolded.length; i++) {
            if (oldKinds[i] != null) {
                int at = find(oldFolded[i]);
                folded[at] = oldFolded[i];
                names[at] = oldNames[i];
                kinds[at] = oldKinds[i];
            }
        }
    }

    private static long hash(long start, String text) {
        long hash = (start ^ '/') * FNV_PRIME;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    /** Lets every input bit affect every output bit (the finalizer of MurmurHash3). */
    private static long mixed(long hash) {
        long h = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
        return h ^ h >>> 33;
    }
}
