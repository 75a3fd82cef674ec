package io.cairn.transfer.store.state;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The values that this node has written, the newest version of each name. */
public final class OwnValueTable {
    private final Sqlite sqlite;

    OwnValueTable(Sqlite sqlite) {
        this.sqlite = sqlite;
    }

    /** @param content not copied */
    public record OwnValue(String name, byte[] content, long sequence) {}

    /** Adds or replaces a value. */
    public void put(OwnValue value) throws IOException {
        sqlite.update(
                "INSERT OR REPLACE INTO own_value VALUES (?, ?, ?)", value.name(), value.content(), value.sequence());
    }

    /** The value of a name. */
    public Optional<OwnValue> find(String name) throws IOException {
        return all().stream().filter(value -> value.name().equals(name)).findFirst();
    }

    /** All values, by name. */
    public List<OwnValue> all() throws IOException {
        return sqlite.query(
                "SELECT name, content, sequence FROM own_value ORDER BY name",
                row -> new OwnValue(row.getString(1), row.getBytes(2), row.getLong(3)));
    }
}
