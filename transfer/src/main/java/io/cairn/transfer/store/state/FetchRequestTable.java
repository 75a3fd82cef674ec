package io.cairn.transfer.store.state;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.OnExisting;
import io.cairn.transfer.store.state.StoredFetch.StoredFetchState;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The unfinished fetches that users requested, by hash and output. */
public final class FetchRequestTable {
    private static final int COLUMNS_BEFORE_TIMEOUTS = 11;
    private static final int COLUMNS_BEFORE_UPDATES = 13;
    private static final int LOOKUP_SECONDS = 10;
    private static final int STALL_SECONDS = 30;

    private final Sqlite sqlite;

    FetchRequestTable(Sqlite sqlite) {
        this.sqlite = sqlite;
    }

    /** Adds a request, or replaces the one with its hash and output. */
    public void put(FetchRequest request) throws IOException {
        sqlite.update(
                "INSERT OR REPLACE INTO fetch_request VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                request.hash().toHex(),
                request.output().toString(),
                request.intoFolder() ? 1 : 0,
                request.name(),
                request.peers().stream().map(Endpoint::toString).collect(Collectors.joining(" ")),
                request.keepSharing() ? 1 : 0,
                request.sequential() ? 1 : 0,
                String.join("\n", request.only()),
                request.onExisting().name(),
                request.state().name(),
                request.createdMillis(),
                request.lookupSeconds(),
                request.stallSeconds(),
                request.updates() == null ? "" : request.updates().toHex(),
                request.keptIn() == null ? "" : request.keptIn().toString());
    }

    /** Sets a fetch's state and name. */
    public void setState(Key hash, Path output, StoredFetchState state, String name) throws IOException {
        sqlite.update(
                "UPDATE fetch_request SET state = ?, name = ? WHERE hash = ? AND output = ?",
                state.name(),
                name,
                hash.toHex(),
                output.toString());
    }

    /** All requests, oldest first. */
    public List<FetchRequest> all() throws IOException {
        return sqlite.query("SELECT * FROM fetch_request ORDER BY created_millis, rowid", FetchRequestTable::read);
    }

    /** Deletes the updates of a copy to other versions: they must not follow a newer one after a restart. */
    public void removeOtherUpdates(Key hash, Path output) throws IOException {
        sqlite.update(
                "DELETE FROM fetch_request WHERE output = ? AND hash <> ? AND updates <> ''",
                output.toString(),
                hash.toHex());
    }

    /** Deletes a request; returns whether it existed. */
    public boolean remove(Key hash, Path output) throws IOException {
        return sqlite.update("DELETE FROM fetch_request WHERE hash = ? AND output = ?", hash.toHex(), output.toString())
                > 0;
    }

    private static FetchRequest read(ResultSet row) throws SQLException, StateDatabaseException {
        try {
            return new FetchRequest(
                    Key.fromHex(row.getString("hash")),
                    Path.of(row.getString("output")),
                    row.getInt("into_folder") != 0,
                    row.getString("name"),
                    endpoints(row.getString("peers")),
                    row.getInt("keep_sharing") != 0,
                    row.getInt("sequential") != 0,
                    row.getString("only_globs").lines().toList(),
                    OnExisting.valueOf(row.getString("on_existing")),
                    seconds(row, "lookup_seconds", LOOKUP_SECONDS),
                    seconds(row, "stall_seconds", STALL_SECONDS),
                    value(row, "updates", Key::fromHex),
                    value(row, "kept_in", Path::of),
                    StoredFetchState.valueOf(row.getString("state")),
                    row.getLong("created_millis"));
        } catch (IllegalArgumentException damaged) {
            throw new StateDatabaseException(
                    StateDatabaseException.Trouble.DAMAGED,
                    "the state database holds a damaged request of " + row.getString("hash"),
                    damaged);
        }
    }

    /** A database that an older version wrote and nobody has upgraded is read too. */
    private static int seconds(ResultSet row, String column, int before) throws SQLException {
        return row.getMetaData().getColumnCount() > COLUMNS_BEFORE_TIMEOUTS ? row.getInt(column) : before;
    }

    private static <T> @Nullable T value(ResultSet row, String column, Function<String, T> parsed) throws SQLException {
        String text = row.getMetaData().getColumnCount() > COLUMNS_BEFORE_UPDATES ? row.getString(column) : "";
        return text.isEmpty() ? null : parsed.apply(text);
    }

    private static List<Endpoint> endpoints(String text) {
        List<Endpoint> endpoints = new ArrayList<>();
        Arrays.stream(text.split(" ", -1)).filter(one -> !one.isEmpty()).forEach(one -> {
            try {
                endpoints.add(Endpoint.parse(one));
            } catch (IllegalArgumentException interfaceGone) {
                return; // an address of an interface that this machine no longer has
            }
        });
        return endpoints;
    }
}
