package io.cairn.transfer.store.state;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings that the user changed at run time and that hold in later runs, by name. */
public final class SettingTable {
    private final Sqlite sqlite;

    SettingTable(Sqlite sqlite) {
        this.sqlite = sqlite;
    }

    /** All settings, by name. */
    public Map<String, String> all() throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        sqlite.query(
                "SELECT name, value FROM setting ORDER BY name",
                row -> settings.put(row.getString(1), row.getString(2)));
        return settings;
    }

    /** Stores a setting. */
    public void put(String name, String value) throws IOException {
        sqlite.update("INSERT OR REPLACE INTO setting VALUES (?, ?)", name, value);
    }
}
