package io.cairn.transfer.store.part;

import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.hashing.StreamLayout;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.file.OpenFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds chunks that were written but not journalled. An unwritten chunk is a hole, which reads as zeros without disk access, so
 * a few short samples per chunk suffice: some 20 microseconds per chunk. A chunk with zeros at every sample is missed and fetched again.
 */
final class WrittenTraces {
    private static final int SAMPLES = 8;
    private static final int SAMPLE_BYTES = 64;

    private final Manifest manifest;
    private final List<Path> paths;
    private final StreamLayout layout;
    private final Map<Integer, Boolean> usable = new HashMap<>();

    WrittenTraces(Manifest manifest, List<Path> paths) {
        this.manifest = manifest;
        this.paths = paths;
        this.layout = StreamLayout.of(manifest);
    }

    /** The chunks not in the known set that have data on disk. */
    BitSet find(ChunkSet known) throws IOException {
        BitSet found = new BitSet();
        try (OpenFiles files = new OpenFiles(file -> FileChannel.open(paths.get(file), StandardOpenOption.READ))) {
            for (int chunk = 0; chunk < manifest.chunkCount(); chunk++) {
                if (!known.contains(chunk) && isTraced(chunk, files)) {
                    found.set(chunk);
                }
            }
        }
        return found;
    }

    private boolean isTraced(int chunk, OpenFiles files) throws IOException {
        long start = manifest.chunkOffset(chunk);
        int length = manifest.chunkLength(chunk);
        for (StreamLayout.Part part : layout.parts(start, length)) {
            if (!isUsable(part.file())) {
                return false;
            }
        }
        int sample = Math.min(SAMPLE_BYTES, length);
        for (int i = 0; i < SAMPLES; i++) {
            long offset = start + (long) i * (length - sample) / (SAMPLES - 1);
            for (StreamLayout.Part part : layout.parts(offset, sample)) {
                if (isWritten(part, files)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isUsable(int file) throws IOException {
        Boolean known = usable.get(file);
        if (known == null) {
            BasicFileAttributes attributes = PartRecovery.attributes(paths.get(file));
            known = attributes != null
                    && attributes.isRegularFile()
                    && (!manifest.isFolder()
                            || attributes.size() == manifest.files().get(file).length());
            usable.put(file, known);
        }
        return known;
    }

    private static boolean isWritten(StreamLayout.Part part, OpenFiles files) throws IOException {
        ByteBuffer sample = ByteBuffer.allocate(part.length());
        files.use(part.file(), channel -> {
            sample.clear();
            channel.read(sample, part.offset());
        });
        sample.flip();
        while (sample.hasRemaining()) {
            if (sample.get() != 0) {
                return true;
            }
        }
        return false;
    }
}
