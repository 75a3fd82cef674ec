package io.cairn.transfer.content.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.transfer.content.manifest.ChunkGrid;
import io.cairn.transfer.content.manifest.FileEntry;
import io.cairn.transfer.content.manifest.Padding;
import io.cairn.transfer.content.manifest.SharePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Properties of aligned layouts of files of random lengths. */
class AlignedFilesMoveNoOtherTest {
    private static final int CHUNK = 1024;
    private static final int ROUNDS = 2_000;

    @Test
    void everyByteIsInOneChunkAndEveryLargeFileHasItsOwn() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            List<FileEntry> files = files(random, random.nextInt(30));
            Padding padding = Padding.aligning(files, CHUNK);
            ChunkGrid grid = ChunkGrid.of(files, CHUNK, padding);
            StreamLayout layout = new StreamLayout(files, padding);
            Map<Integer, Long> seen = new HashMap<>();
            for (int chunk = 0; chunk < grid.count(); chunk++) {
                String where = "seed " + seed + " chunk " + chunk;
                assertThat(grid.length(chunk)).as(where).isPositive();
                boolean last = chunk == grid.count() - 1;
                assertThat(grid.length(chunk) + grid.zeros(chunk))
                        .as(where)
                        .isEqualTo(last ? (int) (grid.streamBytes() - grid.offset(chunk)) : CHUNK);
                List<StreamLayout.Part> parts = layout.parts(grid.offset(chunk), grid.length(chunk));
                for (StreamLayout.Part part : parts) {
                    assertThat(part.offset()).as(where).isEqualTo(seen.getOrDefault(part.file(), 0L));
                    seen.merge(part.file(), (long) part.length(), Long::sum);
                    if (files.get(part.file()).length() >= CHUNK) {
                        assertThat(parts).as(where).hasSize(1);
                        assertThat(part.offset() % CHUNK).as(where).isZero();
                    }
                }
            }
            for (int file = 0; file < files.size(); file++) {
                assertThat(seen.getOrDefault(file, 0L))
                        .as("seed %d file %d", seed, file)
                        .isEqualTo(files.get(file).length());
            }
            long bytes = files.stream().mapToLong(FileEntry::length).sum();
            assertThat(grid.streamBytes() - padding.totalBytes())
                    .as("seed %d", seed)
                    .isEqualTo(bytes);
        }
    }

    @Test
    void aFileThatGrowsMovesNoOtherLargeOneWithinItsChunks() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            List<FileEntry> before = files(random, 2 + random.nextInt(30));
            int grown = random.nextInt(before.size());
            List<FileEntry> after = new ArrayList<>(before);
            after.set(grown, entry(grown, before.get(grown).length() + random.nextInt(3 * CHUNK)));
            Map<String, String> chunksBefore = chunks(before);
            Map<String, String> chunksAfter = chunks(after);
            for (int file = 0; file < before.size(); file++) {
                String name = before.get(file).path().toString();
                if (file != grown && before.get(file).length() >= CHUNK) {
                    assertThat(chunksAfter.get(name))
                            .as("seed %d file %d", seed, file)
                            .isEqualTo(chunksBefore.get(name));
                }
            }
        }
    }

    @Test
    void aLargeFileThatGrowsMovesNoSmallOneEither() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            List<FileEntry> before = new ArrayList<>(files(random, 1 + random.nextInt(30)));
            int grown = random.nextInt(before.size());
            before.set(grown, entry(grown, CHUNK + random.nextInt(3 * CHUNK)));
            List<FileEntry> after = new ArrayList<>(before);
            after.set(grown, entry(grown, before.get(grown).length() + random.nextInt(3 * CHUNK)));
            Map<String, String> chunksAfter = chunks(after);
            Map<String, String> chunksBefore = chunks(before);
            String name = before.get(grown).path().toString();
            chunksAfter.remove(name);
            chunksBefore.remove(name);
            assertThat(chunksAfter).as("seed %d", seed).isEqualTo(chunksBefore);
        }
    }

    /** For each file, the parts of all chunks that it has bytes in, wherever these are in the stream. */
    private static Map<String, String> chunks(List<FileEntry> files) {
        Padding padding = Padding.aligning(files, CHUNK);
        ChunkGrid grid = ChunkGrid.of(files, CHUNK, padding);
        StreamLayout layout = new StreamLayout(files, padding);
        Map<String, String> chunks = new TreeMap<>();
        for (int chunk = 0; chunk < grid.count(); chunk++) {
            List<StreamLayout.Part> parts = layout.parts(grid.offset(chunk), grid.length(chunk));
            for (StreamLayout.Part part : parts) {
                chunks.merge(files.get(part.file()).path().toString(), parts.toString(), String::concat);
            }
        }
        return chunks;
    }

    private static List<FileEntry> files(Random random, int count) {
        List<FileEntry> files = new ArrayList<>();
        for (int file = 0; file < count; file++) {
            int length = switch (random.nextInt(5)) {
                case 0 -> 0;
                case 1 -> random.nextInt(4) * CHUNK;
                case 2 -> CHUNK + random.nextInt(3 * CHUNK);
                default -> random.nextInt(CHUNK);
            };
            files.add(entry(file, length));
        }
        return files;
    }

    private static FileEntry entry(int file, long length) {
        return new FileEntry(new SharePath(List.of("file" + file)), length, false);
    }
}
