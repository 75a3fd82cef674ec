package io.cairn.transfer.store.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.hashing.StreamLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TheJournalIsNeverAheadOfTheDataTest {
    private static final int MIB = 1 << 20;

    private final FakeClock clock = new FakeClock();
    private final RecordingDisk disk = new RecordingDisk();
    private final PartJournal journal = new PartJournal(clock, disk, ChunkSet.none(200), Runnable::run);

    @Test
    void filesAreForcedBeforeTheirChunksAreJournalled() throws IOException {
        add(3, 7);
        add(4, 8);
        assertThat(disk.events).isEmpty();
        clock.advance(1_000);
        add(5, 7);
        assertThat(disk.events).containsExactly("force {7, 8}", "journal {3, 4, 5}");
        assertThat(journal.written().size()).isEqualTo(3);
    }

    @Test
    void thirtyTwoMebibytesAreARoundWhateverTheTime() throws IOException {
        for (int chunk = 0; chunk < 130; chunk++) {
            add(chunk, 0);
        }
        assertThat(disk.events.stream().filter(event -> event.startsWith("journal")))
                .hasSize(4);
    }

    @Test
    void nothingNewIsNoRound() throws IOException {
        add(1, 0);
        journal.sync();
        int events = disk.events.size();
        journal.sync();
        clock.advance(5_000);
        journal.sync();
        assertThat(disk.events).hasSize(events);
    }

    @Test
    void whatCouldNotBeForcedIsNotHad() throws IOException {
        add(1, 0);
        journal.sync();
        add(2, 1);
        disk.failing = true;
        assertThatThrownBy(journal::sync).isInstanceOf(IOException.class);
        assertThat(journal.written().toBitSet()).hasToString("{1}");
        disk.failing = false;
        add(2, 1);
        journal.sync();
        assertThat(disk.events).last().isEqualTo("journal {1, 2}");
    }

    @Test
    void aChunkWrittenWhileOthersAreForcedWaitsForTheNextRound() throws Exception {
        add(1, 0);
        disk.forcing = new CountDownLatch(1);
        disk.mayGoOn = new CountDownLatch(1);
        Thread syncing = new Thread(() -> {
            try {
                journal.sync();
            } catch (IOException failure) {
                disk.events.add(failure.toString());
            }
        });
        syncing.start();
        assertThat(disk.forcing.await(10, TimeUnit.SECONDS)).isTrue();
        clock.advance(2_000);
        add(2, 0);
        disk.mayGoOn.countDown();
        syncing.join(10_000);
        assertThat(disk.events).containsExactly("force {0}", "journal {1}");
        journal.sync();
        assertThat(disk.events).endsWith("force {0}", "journal {1, 2}");
    }

    @Test
    void aRoundBesideThatFailedIsToldToWhoWritesNext() throws IOException {
        List<Runnable> rounds = new ArrayList<>();
        PartJournal waiting = new PartJournal(clock, disk, ChunkSet.none(200), rounds::add);
        List<StreamLayout.Part> part = List.of(new StreamLayout.Part(0, 0, MIB));
        clock.advance(1_000);
        waiting.add(1, MIB, part);
        waiting.add(2, MIB, part);
        assertThat(rounds).as("one at a time").hasSize(1);
        disk.failing = true;
        rounds.remove(0).run();
        clock.advance(1_000);
        assertThatThrownBy(() -> waiting.add(3, MIB, part)).hasMessage("disk failure");
        assertThat(waiting.written().toBitSet()).hasToString("{3}");
        disk.failing = false;
        rounds.remove(0).run();
        assertThat(disk.events).containsExactly("force {0}", "journal {3}");
    }

    private void add(int chunk, int file) throws IOException {
        journal.add(chunk, MIB, List.of(new StreamLayout.Part(file, 0, MIB)));
    }

    /** Records the calls, and blocks or fails as configured. */
    private static final class RecordingDisk implements PartJournal.Disk {
        private final List<String> events = new ArrayList<>();
        private CountDownLatch forcing = new CountDownLatch(0);
        private CountDownLatch mayGoOn = new CountDownLatch(0);
        private boolean failing;

        @Override
        public void force(BitSet files) throws IOException {
            forcing.countDown();
            try {
                assertThat(mayGoOn.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException interrupted) {
                throw new IOException(interrupted);
            }
            if (failing) {
                throw new IOException("disk failure");
            }
            events.add("force " + files);
        }

        @Override
        public void journal(ChunkSet chunks, BitSet files) {
            events.add("journal " + chunks.toBitSet());
        }
    }
}
