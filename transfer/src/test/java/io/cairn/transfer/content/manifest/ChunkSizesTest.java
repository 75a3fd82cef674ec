package io.cairn.transfer.content.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChunkSizesTest {
    @Test
    void shareHasAThousandToTwoThousandChunksWhereSizesAllow() {
        for (long bytes = 256L << 20; bytes <= 2_000L * ChunkSizes.BYTES_MAX; bytes += bytes / 7) {
            long chunks = ChunkSizes.count(bytes, ChunkSizes.forLength(bytes));
            assertThat(chunks).as("chunks of %d bytes", bytes).isBetween(1_000L, 2_000L);
        }
    }

    @Test
    void aShareThatGrowsKeepsItsChunkSizeWhileItSuits() {
        int mebibyte = 1 << 20;
        assertThat(ChunkSizes.keeping(mebibyte, 2_001L * mebibyte)).isEqualTo(mebibyte);
        assertThat(ChunkSizes.forLength(2_001L * mebibyte)).isEqualTo(2 * mebibyte);
        assertThat(ChunkSizes.keeping(mebibyte, 4_000L * mebibyte)).isEqualTo(mebibyte);
        assertThat(ChunkSizes.keeping(mebibyte, 4_001L * mebibyte)).isEqualTo(4 * mebibyte);
        assertThat(ChunkSizes.keeping(mebibyte, 500L * mebibyte)).isEqualTo(mebibyte);
        assertThat(ChunkSizes.keeping(mebibyte, 499L * mebibyte)).isEqualTo(256 << 10);
        assertThat(ChunkSizes.keeping(256 << 10, 1)).isEqualTo(256 << 10);
        assertThat(ChunkSizes.keeping(8 << 20, 1L << 50)).isEqualTo(8 << 20);
        assertThat(ChunkSizes.keeping(16 << 10, 1_000L * (16 << 10)))
                .as("a foreign size")
                .isEqualTo(256 << 10);
    }

    @Test
    void sizesAreClampedAtBothEnds() {
        assertThat(ChunkSizes.forLength(0)).isEqualTo(256 << 10);
        assertThat(ChunkSizes.forLength(1)).isEqualTo(256 << 10);
        assertThat(ChunkSizes.forLength(1L << 50)).isEqualTo(8 << 20);
        assertThat(ChunkSizes.forLength(1_471_026_299)).isEqualTo(1 << 20);
        assertThat(ChunkSizes.count(1_471_026_299, 1 << 20)).isEqualTo(1_403);
    }
}
