package io.cairn.transfer.store.state;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Nodes seen in earlier runs, by id, to contact first at the next start. Keeps the {@value #ROWS_MAX} most recent. */
public final class PeerTable {
    /** A starting node would not contact more. */
    public static final int ROWS_MAX = 500;

    private final Sqlite sqlite;

    PeerTable(Sqlite sqlite) {
        this.sqlite = sqlite;
    }

    /** Stores nodes seen at this time. */
    public void seen(List<Contact> contacts, long wallMillis) throws IOException {
        List<Object[]> rows = contacts.stream()
                .map(contact ->
                        new Object[] {contact.id().toHex(), contact.endpoint().toString(), wallMillis})
                .toList();
        sqlite.transaction(transaction -> {
            transaction.updateAll("INSERT OR REPLACE INTO peer VALUES (?, ?, ?)", rows);
            transaction.update(
                    "DELETE FROM peer WHERE node NOT IN"
                            + " (SELECT node FROM peer ORDER BY last_seen_millis DESC, node LIMIT ?)",
                    ROWS_MAX);
        });
    }

    /** The nodes seen last, most recent first. */
    public List<StoredPeer> latest(int countMax) throws IOException {
        return sqlite
                .query(
                        "SELECT node, endpoint, last_seen_millis FROM peer ORDER BY last_seen_millis DESC, node LIMIT ?",
                        PeerTable::read,
                        countMax)
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<StoredPeer> read(ResultSet row) throws SQLException {
        try {
            Contact contact = new Contact(NodeId.fromHex(row.getString(1)), Endpoint.parse(row.getString(2)));
            return Optional.of(new StoredPeer(contact, row.getLong(3)));
        } catch (IllegalArgumentException interfaceGoneOrEdited) {
            return Optional.empty(); // an address of an interface that this machine no longer has
        }
    }
}
