package io.cairn.transfer.store.state;

import io.cairn.dht.env.RecordJournal;
import java.io.IOException;
import java.util.List;

/** The DHT records that a node holds for the network, in the state database. */
public final class HeldRecordTable implements RecordJournal {
    private final Sqlite sqlite;

    HeldRecordTable(Sqlite sqlite) {
        this.sqlite = sqlite;
    }

    @Override
    public void write(List<Entry> put, List<String> removed) throws IOException {
        List<Object[]> rows = put.stream()
                .map(entry -> new Object[] {entry.name(), entry.expiryMillis(), entry.content()})
                .toList();
        List<Object[]> names = removed.stream().map(name -> new Object[] {name}).toList();
        sqlite.transaction(transaction -> {
            transaction.updateAll("DELETE FROM held_records WHERE name = ?", names);
            transaction.updateAll("INSERT OR REPLACE INTO held_records VALUES (?, ?, ?)", rows);
        });
    }

    /** {@inheritDoc} Content longer than the maximum is read as empty, which is not valid either. */
    @Override
    public List<Entry> read(String after, int countMax) throws IOException {
        return sqlite.query(
                "SELECT name, CAST(expiry_millis AS INTEGER),"
                        + " CASE WHEN length(CAST(content AS BLOB)) <= ? THEN CAST(content AS BLOB) ELSE x'' END"
                        + " FROM held_records WHERE name > ? ORDER BY name LIMIT ?",
                row -> new Entry(row.getString(1), row.getLong(2), row.getBytes(3)),
                Entry.CONTENT_BYTES_MAX,
                after,
                countMax);
    }
}
