package io.cairn.transfer.store.state;

import java.io.IOException;
import java.util.List;

/** The services that this node announces in every run. */
public final class OwnServiceTable {
    private final Sqlite sqlite;

    OwnServiceTable(Sqlite sqlite) {
        this.sqlite = sqlite;
    }

    /**
     * @param record the value of the service's record; not copied
     * @param ttlSeconds how long its announcement lives without renewal
     */
    public record OwnService(String id, byte[] record, int ttlSeconds) {}

    /** Adds or replaces a service. */
    public void put(OwnService service) throws IOException {
        sqlite.update(
                "INSERT OR REPLACE INTO own_service VALUES (?, ?, ?)",
                service.id(),
                service.record(),
                service.ttlSeconds());
    }

    /** Removes a service, if it is there. */
    public void remove(String id) throws IOException {
        sqlite.update("DELETE FROM own_service WHERE id = ?", id);
    }

    /** All services, in the order they were added. */
    public List<OwnService> all() throws IOException {
        return sqlite.query(
                "SELECT id, record, ttl_seconds FROM own_service ORDER BY rowid",
                row -> new OwnService(row.getString(1), row.getBytes(2), row.getInt(3)));
    }
}
