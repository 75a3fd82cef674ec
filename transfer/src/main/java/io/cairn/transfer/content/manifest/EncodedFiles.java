package io.cairn.transfer.content.manifest;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;

/**
 * The files of a folder's manifest, decoded on each access. Costs four bytes of memory per file besides the encoding, where
 * objects would take hundreds. Immutable once filled.
 */
final class EncodedFiles extends AbstractList<FileEntry> implements RandomAccess {
    private final byte[] encoded;
    private int[] starts = new int[16];
    private int size;

    EncodedFiles(byte[] encoded) {
        this.encoded = encoded;
    }

    void add(int start) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size + (size >> 1));
        }
        starts[size++] = start;
    }

    @Override
    public FileEntry get(int file) {
        if (file < 0 || file >= size) {
            throw new IndexOutOfBoundsException(file);
        }
        try {
            return new FileFields(new BencodeCursor(encoded, starts[file], encoded.length, ManifestLimits.DEFAULT))
                    .read();
        } catch (InvalidManifestException changed) {
            throw new IllegalStateException("a manifest that was valid no longer is", changed);
        }
    }

    @Override
    public int size() {
        return size;
    }
}
