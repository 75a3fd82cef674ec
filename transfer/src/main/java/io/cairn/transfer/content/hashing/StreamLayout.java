package io.cairn.transfer.content.hashing;

import io.cairn.transfer.content.manifest.FileEntry;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.Padding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Maps each byte of a share's stream to its file and offset, unless it is padding. Immutable; a look-up is a binary search. */
public final class StreamLayout {
    private final long[] starts;
    private final Padding padding;
    private final long totalBytes;

    /** The layout of a share. */
    public static StreamLayout of(Manifest manifest) {
        return new StreamLayout(manifest.files(), manifest.padding());
    }

    /** The layout of files concatenated in this order, with padding between them. */
    public StreamLayout(List<FileEntry> files, Padding padding) {
        this.starts = new long[files.size()];
        this.padding = padding;
        long position = 0;
        for (int i = 0; i < starts.length; i++) {
            position += padding.directlyBefore(i);
            starts[i] = position;
            position += files.get(i).length();
        }
        this.totalBytes = position;
    }

    /** Where a file begins in the stream, in bytes. */
    public long start(int file) {
        return starts[file];
    }

    /**
     * The file parts that make up a range of the stream, in order, without empty files and padding.
     *
     * @throws IndexOutOfBoundsException if the range is not within the stream up to the end of its last file
     */
    public List<Part> parts(long offset, int length) {
        Objects.checkFromIndexSize(offset, (long) length, totalBytes);
        List<Part> parts = new ArrayList<>(2);
        long position = offset;
        long end = offset + length;
        for (int file = fileAt(offset); position < end; file++) {
            boolean last = file + 1 == starts.length;
            long fileEnd = last ? totalBytes : starts[file + 1] - padding.directlyBefore(file + 1);
            int partLength = (int) (Math.min(end, fileEnd) - position);
            if (partLength > 0) {
                parts.add(new Part(file, position - starts[file], partLength));
            }
            position = last ? end : Math.max(position, Math.min(end, starts[file + 1]));
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
