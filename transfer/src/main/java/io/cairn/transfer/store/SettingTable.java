package io.cairn.transfer.store;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a user set while a node ran and that is to hold in later runs too, by name. */
public final class SettingTable {
    private final Sqlite sqlite;

    SettingTable(Sqlite sqlite) {
        this.sqlite = sqlite;
    }

    /** Everything that is set, by name. */
    public Map<String, String> all() throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        sqlite.query(
                "SELECT name, value FROM setting ORDER BY name",
                row -> settings.put(row.getString(1), row.getString(2)));
        return settings;
    }

    /** Sets something. */
    public void put(String name, String value) throws IOException {
        sqlite.update("INSERT OR REPLACE INTO setting VALUES (?, ?)", name, value);
    }
}
