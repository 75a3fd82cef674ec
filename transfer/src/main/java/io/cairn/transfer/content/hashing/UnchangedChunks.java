package io.cairn.transfer.content.hashing;

import io.cairn.transfer.content.manifest.ChunkDigests;
import io.cairn.transfer.content.manifest.ChunkSizes;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.SharePath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The digests of an earlier manifest that still hold: those of chunks at the same places in the same files, if the files kept their size
 * and modification time. A file that is resized, added or removed shifts all later files in the stream but not the earlier ones.
 */
public final class UnchangedChunks {
    private final @Nullable Manifest earlier;
    private final Map<Integer, Integer> earlierFiles = new HashMap<>();
    private final StreamLayout layout;
    private final StreamLayout earlierLayout;

    private UnchangedChunks(@Nullable Manifest earlier, StreamLayout layout, StreamLayout earlierLayout) {
        this.earlier = earlier;
        this.layout = layout;
        this.earlierLayout = earlierLayout;
    }

    /** None, for a share without an earlier manifest. */
    public static UnchangedChunks none(ScannedShare share) {
        StreamLayout layout = new StreamLayout(share.files());
        return new UnchangedChunks(null, layout, layout);
    }

    /** @param earlierStamps the stamps of the earlier manifest's files when they were hashed, in stream order */
    public static UnchangedChunks of(ScannedShare share, Manifest earlier, List<FileStamp> earlierStamps) {
        StreamLayout layout = new StreamLayout(share.files());
        boolean comparable = earlier.chunkBytes() == ChunkSizes.forLength(layout.totalBytes());
        if (!comparable) {
            return none(share);
        }
        UnchangedChunks unchanged = new UnchangedChunks(earlier, layout, new StreamLayout(earlier.files()));
        Map<SharePath, Integer> places = new HashMap<>();
        for (int file = 0; file < earlier.files().size(); file++) {
            places.put(earlier.files().get(file).path(), file);
        }
        for (int file = 0; file < share.files().size(); file++) {
            Integer before = places.get(share.files().get(file).path());
            if (before != null && share.stamps().get(file).agreesWith(earlierStamps.get(before))) {
                unchanged.earlierFiles.put(file, before);
            }
        }
        return unchanged;
    }

    /** The digests of a chunk at this range of the stream; null if it must be hashed. */
    ChunkDigests.@Nullable Pair digests(int chunk, long offset, int length) {
        Manifest known = earlier;
        if (known == null || chunk >= known.chunkCount() || known.chunkLength(chunk) != length) {
            return null;
        }
        List<StreamLayout.Part> now = layout.parts(offset, length);
        List<StreamLayout.Part> before = earlierLayout.parts(offset, length);
        if (now.size() != before.size()) {
            return null;
        }
        for (int i = 0; i < now.size(); i++) {
            StreamLayout.Part one = now.get(i);
            StreamLayout.Part other = before.get(i);
            Integer file = earlierFiles.get(one.file());
            if (file == null
                    || file != other.file()
                    || one.offset() != other.offset()
                    || one.length() != other.length()) {
                return null;
            }
        }
        return known.digests(chunk);
    }
}
