package io.cairn.transfer.store.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.dht.env.RecordJournal.Entry;
import io.cairn.dht.id.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldRecordTableTest {
    @TempDir
    Path folder;

    @Test
    void rowsThatSomebodySpoiltAreReadAsTheyAreButNeverMuch() throws Exception {
        StateDatabase.open(file()).close();
        change(
                "INSERT INTO held_records VALUES ('huge', 1, zeroblob(9000000))",
                "INSERT INTO held_records VALUES ('text', 'soon', 'words')");
        try (StateDatabase state = StateDatabase.open(file())) {
            List<Entry> entries = state.heldRecords().read("", 9);
            assertThat(entries).extracting(Entry::name).containsExactly("huge", "text");
            assertThat(entries.get(0).content()).isEmpty();
            assertThat(entries.get(1).expiryMillis()).isZero();
        }
    }

    @Test
    void aReadOnlyFileRefusesAndKeepsWhatItHas() throws Exception {
        try (StateDatabase state = StateDatabase.open(file())) {
            state.heldRecords().write(List.of(entry("a", 1)), List.of());
        }
        try (StateDatabase state = StateDatabase.openReadOnly(file())) {
            assertThatThrownBy(() -> state.heldRecords().write(List.of(entry("b", 2)), List.of("a")))
                    .isInstanceOf(IOException.class);
            assertThat(state.heldRecords().read("", 9)).hasSize(1);
        }
    }

    @Test
    void aFullFileSaysSo() throws Exception {
        StateDatabase.open(file()).close();
        try (Sqlite sqlite = Sqlite.open(file(), false)) {
            sqlite.query("PRAGMA max_page_count = 1", row -> row.getInt(1));
            List<Entry> many = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                many.add(new Entry("n" + i, i, new byte[Entry.CONTENT_BYTES_MAX]));
            }
            assertThatThrownBy(() -> new HeldRecordTable(sqlite).write(many, List.of()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("full");
        }
    }

    @Test
    void theFileIsHardlyLargerThanWhatIsHeld() throws Exception {
        int size = 1_060; // a batch of 42 keys
        List<Entry> full = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            full.add(new Entry(
                    Key.ofContent(new byte[] {(byte) i, (byte) (i >> 8)}).toHex(), 1, new byte[size]));
        }
        StateDatabase.open(file()).close();
        long before = Files.size(file());
        try (StateDatabase state = StateDatabase.open(file())) {
            state.heldRecords().write(full, List.of());
        }

        assertThat(Files.size(file()) - before).isLessThan(2_000L * size * 3 / 2);
    }

    @Test
    void whatVersionFiveHeldIsKept() throws Exception {
        StateDatabase.open(file()).close();
        change(
                "DROP TABLE held_records",
                "CREATE TABLE held_records (name TEXT PRIMARY KEY, expiry_millis INTEGER NOT NULL,"
                        + " content BLOB NOT NULL) WITHOUT ROWID",
                "INSERT INTO held_records VALUES ('a', 1, x'0107')",
                "DROP TABLE fetch_why",
                "DROP TABLE copy",
                "DROP TABLE own_value",
                "DROP TABLE own_service",
                "DROP TABLE moving_name",
                "DROP TABLE contact_group_member",
                "DROP TABLE contact_group",
                "DROP TABLE contact",
                "DROP TABLE offer",
                "ALTER TABLE fetch_request DROP COLUMN updates",
                "ALTER TABLE fetch_request DROP COLUMN kept_in",
                "ALTER TABLE fetch_request DROP COLUMN lookup_seconds",
                "ALTER TABLE fetch_request DROP COLUMN stall_seconds",
                "PRAGMA user_version = 5");
        try (StateDatabase state = StateDatabase.open(file())) {
            state.heldRecords().write(List.of(entry("b", 2)), List.of());
            assertThat(state.heldRecords().read("", 9)).extracting(Entry::name).containsExactly("a", "b");
        }
    }

    private Path file() {
        return folder.resolve(StateDatabase.FILE_NAME);
    }

    private static Entry entry(String name, int number) {
        return new Entry(name, number, new byte[] {(byte) number, 7});
    }

    private void change(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
