package io.cairn.transfer.store.state;

import io.cairn.dht.id.Key;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The names whose versions this node makes from a folder, and those that it follows into a folder. */
public final class MovingNameTable {
    private final Sqlite sqlite;

    MovingNameTable(Sqlite sqlite) {
        this.sqlite = sqlite;
    }

    /** What this node does with a name. */
    public enum Kind {
        /** It shares a folder again whenever it changes, and the name follows. */
        WATCHED,
        /** It keeps a copy up to date. */
        FOLLOWED;

        private String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One name.
     *
     * @param place the watched folder, or the place that you named for the copy
     * @param hash the version that is shared, or that the copy holds
     * @param details how it is shared, or where the copy is
     */
    public record MovingName(Kind kind, String name, String place, Key hash, String details) {}

    /** Adds or replaces what is done with a name at a place. */
    public void put(MovingName moving) throws IOException {
        sqlite.update(
                "INSERT OR REPLACE INTO moving_name VALUES (?, ?, ?, ?, ?)",
                moving.kind().text(),
                moving.name(),
                moving.place(),
                moving.hash().toHex(),
                moving.details());
    }

    /** Removes it, if it is there. */
    public void remove(Kind kind, String name, String place) throws IOException {
        sqlite.update("DELETE FROM moving_name WHERE kind = ? AND name = ? AND place = ?", kind.text(), name, place);
    }

    /** All of a kind, in the order they were added. */
    public List<MovingName> all(Kind kind) throws IOException {
        return sqlite.query(
                "SELECT name, place, hash, details FROM moving_name WHERE kind = ? ORDER BY rowid",
                row -> new MovingName(
                        kind, row.getString(1), row.getString(2), Key.fromHex(row.getString(3)), row.getString(4)),
                kind.text());
    }

    /** What is done with a name at a place. */
    public Optional<MovingName> find(Kind kind, String name, String place) throws IOException {
        return all(kind).stream()
                .filter(moving -> moving.name().equals(name) && moving.place().equals(place))
                .findFirst();
    }
}
