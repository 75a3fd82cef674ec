package io.cairn.transfer.content.hashing;

import io.cairn.transfer.content.ShareLayout;
import io.cairn.transfer.content.manifest.ChunkDigests;
import io.cairn.transfer.content.manifest.ChunkGrid;
import io.cairn.transfer.content.manifest.ChunkSizes;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.Padding;
import io.cairn.transfer.content.manifest.SharePath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a scanned share is cut into chunks, and the digests of an earlier manifest that still hold: those of chunks with the same parts of
 * the same files, if the files kept their size and modification time, wherever the chunk now is in the stream. In a packed share, a
 * file that is resized, added or removed shifts all later files within their chunks; in an aligned one, none of at least a chunk.
 */
public final class UnchangedChunks {
    private final StreamLayout layout;
    private final ChunkGrid grid;
    private final Map<Integer, Integer> earlierFiles = new HashMap<>();
    private @Nullable Manifest earlier;
    private @Nullable StreamLayout earlierLayout;

    private UnchangedChunks(ScannedShare share, int chunkBytes) {
        Padding padding = share.folder() && share.layout() == ShareLayout.ALIGNED
                ? Padding.aligning(share.files(), chunkBytes)
                : Padding.NONE;
        this.layout = new StreamLayout(share.files(), padding);
        this.grid = ChunkGrid.of(share.files(), chunkBytes, padding);
    }

    /** None, for a share without an earlier manifest. */
    public static UnchangedChunks none(ScannedShare share) {
        return new UnchangedChunks(share, ChunkSizes.forLength(share.totalBytes()));
    }

    /**
     * Compares a share with its earlier manifest. An aligned share keeps the chunk size while it suits.
     *
     * @param earlierStamps the stamps of the earlier manifest's files when they were hashed, in stream order
     */
    public static UnchangedChunks of(ScannedShare share, Manifest earlier, List<FileStamp> earlierStamps) {
        int chunkBytes = share.layout() == ShareLayout.ALIGNED
                ? ChunkSizes.keeping(earlier.chunkBytes(), share.totalBytes())
                : ChunkSizes.forLength(share.totalBytes());
        UnchangedChunks unchanged = new UnchangedChunks(share, chunkBytes);
        if (earlier.chunkBytes() == chunkBytes) {
            unchanged.compare(share, earlier, earlierStamps);
        }
        return unchanged;
    }

    private void compare(ScannedShare share, Manifest known, List<FileStamp> earlierStamps) {
        earlier = known;
        earlierLayout = StreamLayout.of(known);
        Map<SharePath, Integer> places = new HashMap<>();
        for (int file = 0; file < known.files().size(); file++) {
            places.put(known.files().get(file).path(), file);
        }
        for (int file = 0; file < share.files().size(); file++) {
            Integer before = places.get(share.files().get(file).path());
            if (before != null && share.stamps().get(file).agreesWith(earlierStamps.get(before))) {
                earlierFiles.put(file, before);
            }
        }
    }

    /** Where the files lie in the stream. */
    StreamLayout layout() {
        return layout;
    }

    /** How the stream is cut into chunks. */
    ChunkGrid grid() {
        return grid;
    }

    /** The file parts of a chunk. */
    List<StreamLayout.Part> parts(int chunk) {
        return layout.parts(grid.offset(chunk), grid.length(chunk));
    }

    /** The digests of a chunk; null if it must be hashed. */
    ChunkDigests.@Nullable Pair digests(int chunk) {
        Manifest known = earlier;
        StreamLayout before = earlierLayout;
        if (known == null || before == null) {
            return null;
        }
        List<StreamLayout.Part> now = parts(chunk);
        StreamLayout.Part first = now.get(0);
        Integer file = earlierFiles.get(first.file());
        long offset = file == null ? -1 : before.start(file) + first.offset();
        if (offset < 0 || offset % known.chunkBytes() != 0) {
            return null;
        }
        int same = (int) (offset / known.chunkBytes());
        return known.chunkZeros(same) == grid.zeros(chunk) && are(now, before.parts(offset, known.chunkLength(same)))
                ? known.digests(same)
                : null;
    }

    private boolean are(List<StreamLayout.Part> now, List<StreamLayout.Part> before) {
        if (now.size() != before.size()) {
            return false;
        }
        for (int i = 0; i < now.size(); i++) {
            StreamLayout.Part one = now.get(i);
            StreamLayout.Part other = before.get(i);
            Integer file = earlierFiles.get(one.file());
            if (file == null
                    || file != other.file()
                    || one.offset() != other.offset()
                    || one.length() != other.length()) {
                return false;
            }
        }
        return true;
    }
}
