package io.cairn.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RehearsalTest {
    @TempDir
    Path folder;

    @Test
    void performsItsTransfersAndLeavesNothing() throws Exception {
        Path place = folder.resolve("rehearsal");
        try (Rehearsal rehearsal = Rehearsal.begin(place)) {
            rehearsal.await();
            assertThat(rehearsal.rounds()).isEqualTo(Rehearsal.ROUNDS);
        }
        assertThat(place).doesNotExist();
    }

    @Test
    void endsEarlyAndClearsAwayWhatAKilledOneLeft() throws Exception {
        Path place = folder.resolve("rehearsal");
        Files.createDirectories(place.resolve("target.part"));
        Files.writeString(place.resolve("target.part/large"), "half");
        Rehearsal rehearsal = Rehearsal.begin(place);
        rehearsal.end();
        rehearsal.await();
        assertThat(rehearsal.rounds()).isLessThan(Rehearsal.ROUNDS);
        assertThat(place).doesNotExist();
    }

    @Test
    void aFolderThatCannotBeHadDisturbsNobody() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        try (Rehearsal rehearsal = Rehearsal.begin(file.resolve("rehearsal"))) {
            rehearsal.await();
            assertThat(rehearsal.rounds()).isZero();
        }
        assertThat(file).exists();
    }
}
