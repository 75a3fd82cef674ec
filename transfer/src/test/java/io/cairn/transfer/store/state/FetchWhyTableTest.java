package io.cairn.transfer.store.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Key;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FetchWhyTableTest {
    @TempDir
    Path folder;

    @Test
    void theLastHundredHashesAreKeptEachWithItsLatest() throws Exception {
        try (StateDatabase state = StateDatabase.open(file())) {
            for (int i = 0; i < FetchWhyTable.HASHES_MAX; i++) {
                state.fetchWhys().put(key(i), i, "why " + i);
            }
            state.fetchWhys().put(key(0), 500, "why again");
            state.fetchWhys().put(key(100), 501, "why 100");
        }
        try (StateDatabase state = StateDatabase.openReadOnly(file())) {
            assertThat(state.fetchWhys().all()).hasSize(FetchWhyTable.HASHES_MAX);
            assertThat(state.fetchWhys().find(key(0))).contains("why again");
            assertThat(state.fetchWhys().find(key(1))).isEmpty();
            assertThat(state.fetchWhys().find(key(100))).contains("why 100");
        }
    }

    @Test
    void aDatabaseOfAnOlderVersionThatIsOnlyReadHasNone() throws Exception {
        StateDatabase.open(file()).close();
        try (Sqlite sqlite = Sqlite.open(file(), false)) {
            sqlite.update("DROP TABLE fetch_why");
            sqlite.update("PRAGMA user_version = 6");
        }
        try (StateDatabase state = StateDatabase.openReadOnly(file())) {
            assertThat(state.fetchWhys().all()).isEmpty();
            assertThat(state.fetchWhys().find(key(1))).isEmpty();
        }
    }

    private Path file() {
        return folder.resolve(StateDatabase.FILE_NAME);
    }

    private static Key key(int number) {
        return Key.ofContent(new byte[] {(byte) number});
    }
}
