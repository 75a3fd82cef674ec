package io.cairn.transfer.content.hashing;

import io.cairn.transfer.content.manifest.FileEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Maps each byte of a share's stream to its file and offset. Immutable; a look-up is a binary search. */
public final class StreamLayout {
    private final long[] starts;
    private final long totalBytes;

    /** The layout of files concatenated in this order. */
    public StreamLayout(List<FileEntry> files) {
        this.starts = new long[files.size()];
        long position = 0;
        for (int i = 0; i < starts.length; i++) {
            starts[i] = position;
            position += files.get(i).length();
        }
        this.totalBytes = position;
    }

    /** The length of the stream in bytes. */
    public long totalBytes() {
        return totalBytes;
    }

    /**
     * The file parts that make up a range of the stream, in order, without empty files.
     *
     * @throws IndexOutOfBoundsException if the range is not within the stream
     */
    public List<Part> parts(long offset, int length) {
        Objects.checkFromIndexSize(offset, (long) length, totalBytes);
        List<Part> parts = new ArrayList<>(2);
        long position = offset;
        long end = offset + length;
        for (int file = fileAt(offset); position < end; file++) {
            long fileEnd = file + 1 < starts.length ? starts[file + 1] : totalBytes;
            int partLength = (int) (Math.min(end, fileEnd) - position);
            if (partLength > 0) {
                parts.add(new Part(file, position - starts[file], partLength));
                position += partLength;
            }
        }
        return parts;
    }

    private int fileAt(long position) {
        int found = Arrays.binarySearch(starts, position);
        return found >= 0 ? found : Math.max(0, -found - 2);
    }

    /**
     * A part of one file.
     *
     * @param file index into the list of files
     * @param offset in the file, in bytes
     * @param length in bytes, at least 1
     */
    public record Part(int file, long offset, int length) {}
}
