package io.cairn.transfer.swarm.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.transfer.content.ChunkSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Which chunk is requested from which peer. */
final class ChunkPickerTest {
    private static final Set<Integer> NONE = Set.of();

    @Test
    void theRarestChunkIsAskedFirst() {
        ChunkPicker<String> picker = picker(5);
        picker.peerHas("a", set(5, 0, 1, 2, 3));
        picker.peerHas("b", set(5, 0, 1, 2));
        picker.peerHas("c", set(5, 0, 1));
        picker.peerHas("d", set(5, 0));
        assertThat(picker.pick("a", 4, NONE)).containsExactly(3, 2, 1, 0);
        assertThat(picker.chunksWithoutHolder(9)).containsExactly(4);
    }

    @Test
    void tiesAreBrokenAtRandom() {
        Set<Integer> first = new TreeSet<>();
        for (int seed = 0; seed < 50; seed++) {
            ChunkPicker<String> picker =
                    new ChunkPicker<>(ChunkSet.none(20), ChunkSet.all(20), false, 8, new Random(seed));
            picker.peerHas("a", ChunkSet.all(20));
            first.add(picker.pick("a", 1, NONE).get(0));
        }
        assertThat(first).hasSizeGreaterThan(10);
    }

    @Test
    void aChunkIsAskedOfOnePeerUntilTheEnd() {
        ChunkPicker<String> picker = picker(4);
        picker.peerHas("a", ChunkSet.all(4));
        picker.peerHas("b", ChunkSet.all(4));
        List<Integer> ofA = picker.pick("a", 3, NONE);
        List<Integer> ofB = picker.pick("b", 3, NONE);
        assertThat(ofA).hasSize(3).doesNotContainAnyElementsOf(ofB);
        assertThat(ofB).hasSize(1);
        for (int chunk : List.of(ofA.get(2), ofA.get(1))) {
            assertThat(picker.couldAskAgain("b", chunk, 2)).isTrue();
            picker.askedAgain("b", chunk);
            assertThat(picker.askers(chunk)).isEqualTo(2);
            assertThat(picker.couldAskAgain("b", chunk, 3)).isFalse();
        }
        assertThat(picker.arrived("b", ofA.get(2))).isTrue();
        assertThat(picker.arrived("a", ofA.get(2))).isFalse();
        assertThat(picker.verified(ofA.get(2))).isEmpty();
        assertThat(picker.arrived("b", ofA.get(1))).isTrue();
        assertThat(picker.verified(ofA.get(1))).containsExactly("a");
    }

    @Test
    void whatAPeerOwedIsAskedOfAnother() {
        ChunkPicker<String> picker = picker(4);
        picker.peerHas("a", ChunkSet.all(4));
        picker.peerHas("b", ChunkSet.all(4));
        assertThat(picker.pick("a", 4, NONE)).hasSize(4);
        picker.peerLeft("a");
        assertThat(picker.pick("b", 4, NONE)).hasSize(4);
    }

    @Test
    void aBadChunkIsAskedOfTheSamePeerOnlyIfNobodyElseHasIt() {
        ChunkPicker<String> picker = picker(1);
        picker.peerHas("liar", ChunkSet.all(1));
        assertThat(picker.pick("liar", 1, NONE)).containsExactly(0);
        assertThat(picker.arrived("liar", 0)).isTrue();
        picker.bad("liar", 0);
        picker.peerHas("other", ChunkSet.all(1));
        assertThat(picker.pick("liar", 1, NONE)).isEmpty();
        picker.peerLeft("other");
        assertThat(picker.pick("liar", 1, NONE)).containsExactly(0);
        assertThat(picker.badChunks()).containsExactly(0);
    }

    @Test
    void inSequenceTheFirstMissingChunkIsAskedFirstHoweverCommonItIs() {
        ChunkPicker<String> picker = new ChunkPicker<>(set(8, 0, 3), ChunkSet.all(8), true, 8, new Random(1));
        picker.peerHas("a", ChunkSet.all(8));
        picker.peerHas("b", set(8, 1, 2, 4));
        picker.peerHas("c", set(8, 1, 7));
        assertThat(picker.pick("a", 3, NONE)).containsExactly(1, 2, 4);
        assertThat(picker.pick("c", 3, NONE)).containsExactly(7);
        picker.notAsked("a", 2);
        assertThat(picker.pick("a", 3, NONE)).containsExactly(2, 5, 6);
    }

    @Test
    void chunksThatAreNotWantedAreNeverAskedAndNotWaitedFor() {
        ChunkPicker<String> picker = new ChunkPicker<>(set(8, 0, 3), set(8, 3, 4, 6), false, 8, new Random(1));
        assertThat(picker.wantedCount()).isEqualTo(3);
        assertThat(picker.verifiedCount()).isEqualTo(1);
        picker.peerHas("a", ChunkSet.all(8));
        picker.peerHas("b", set(8, 1, 4, 5));
        picker.peerGained("b", 7);
        assertThat(picker.pick("b", 8, NONE)).containsExactly(4);
        assertThat(picker.pick("a", 8, NONE)).containsExactly(6);
        assertThat(picker.couldAskAgain("a", 4, 3)).isTrue();
        picker.askedAgain("a", 4);
        assertThat(picker.couldAskAgain("a", 5, 3)).isFalse();
        picker.peerLeft("b");
        assertThat(picker.pick("a", 8, NONE)).isEmpty();
        for (int chunk : List.of(4, 6)) {
            assertThat(picker.isComplete()).isFalse();
            assertThat(picker.arrived("a", chunk)).isTrue();
            assertThat(picker.verified(chunk)).isEmpty();
        }
        assertThat(picker.isComplete()).isTrue();
    }

    @Test
    void aWantedChunkThatNobodyHasIsNamedAnUnwantedOneIsNot() {
        ChunkPicker<String> picker = new ChunkPicker<>(ChunkSet.none(4), set(4, 2), false, 8, new Random(1));
        picker.peerHas("a", set(4, 0));
        assertThat(picker.chunksWithoutHolder(9)).containsExactly(2);
        picker.peerGained("a", 2);
        assertThat(picker.chunksWithoutHolder(9)).isEmpty();
    }

    @RepeatedTest(10)
    void playedAgainstANaiveModelItNeverPicksWhatItShouldNotAndAlwaysTheRarest() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int chunks = 40;
        RarityOrder order = new RarityOrder(chunks, 6, random);
        Map<Integer, Integer> holders = new LinkedHashMap<>();
        Set<Integer> in = new TreeSet<>();
        for (int i = 0; i < chunks; i++) {
            holders.put(i, 0);
            in.add(i);
        }
        for (int step = 0; step < 3_000; step++) {
            int chunk = random.nextInt(chunks);
            int held = holders.getOrDefault(chunk, 0);
            switch (random.nextInt(4)) {
                case 0 -> {
                    order.gained(chunk);
                    holders.put(chunk, held + 1);
                }
                case 1 -> {
                    if (held > 0) {
                        order.lost(chunk);
                        holders.put(chunk, held - 1);
                    }
                }
                case 2 -> {
                    order.remove(chunk);
                    in.remove(chunk);
                }
                default -> {
                    order.insert(chunk);
                    in.add(chunk);
                }
            }
            List<Integer> listed = new ArrayList<>();
            int before = 0;
            for (int i = 0; i < order.size(); i++) {
                int rarity = Math.min(6, holders.getOrDefault(order.at(i), 0));
                assertThat(rarity).as("seed " + seed + " step " + step).isGreaterThanOrEqualTo(before);
                before = rarity;
                listed.add(order.at(i));
            }
            assertThat(new TreeSet<>(listed))
                    .as("seed " + seed + " step " + step)
                    .isEqualTo(in);
            assertThat(listed).hasSize(in.size());
        }
    }

    private static ChunkPicker<String> picker(int chunks) {
        return new ChunkPicker<>(ChunkSet.none(chunks), ChunkSet.all(chunks), false, 8, new Random(1));
    }

    private static ChunkSet set(int count, int... chunks) {
        BitSet bits = new BitSet();
        for (int chunk : chunks) {
            bits.set(chunk);
        }
        return ChunkSet.of(bits, count);
    }
}
