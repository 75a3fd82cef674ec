package io.cairn.transfer.store.state;

import io.cairn.dht.id.NodeId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The nodes that the user gave names to, and the groups of such names. */
public final class ContactTable {
    private final Sqlite sqlite;

    ContactTable(Sqlite sqlite) {
        this.sqlite = sqlite;
    }

    /** One named node. */
    public record StoredContact(String name, NodeId node, long addedMillis) {}

    /** A group, with the names of its members in the order they were added. */
    public record StoredGroup(String name, List<String> members) {
        public StoredGroup {
            members = List.copyOf(members);
        }
    }

    /** Adds a contact, or replaces the one of this name. */
    public void put(StoredContact contact) throws IOException {
        sqlite.update(
                "INSERT OR REPLACE INTO contact VALUES (?, ?, ?)",
                contact.name(),
                contact.node().toHex(),
                contact.addedMillis());
    }

    /** Removes a contact, also from all groups. Groups may be left without a member. */
    public void remove(String name) throws IOException {
        sqlite.transaction(transaction -> {
            transaction.update("DELETE FROM contact WHERE name = ?", name);
            transaction.update("DELETE FROM contact_group_member WHERE member = ?", name);
        });
    }

    /** All contacts, by name. */
    public List<StoredContact> all() throws IOException {
        return sqlite.query(
                "SELECT name, node, added_millis FROM contact ORDER BY name",
                row -> new StoredContact(row.getString(1), NodeId.fromHex(row.getString(2)), row.getLong(3)));
    }

    /** Adds a group, or replaces the one of this name. */
    public void putGroup(StoredGroup group) throws IOException {
        sqlite.transaction(transaction -> {
            transaction.update("DELETE FROM contact_group WHERE name = ?", group.name());
            transaction.update("INSERT INTO contact_group VALUES (?)", group.name());
            transaction.updateAll(
                    "INSERT INTO contact_group_member VALUES (?, ?)",
                    group.members().stream()
                            .map(member -> new Object[] {group.name(), member})
                            .toList());
        });
    }

    /** Removes a group; its members stay contacts. */
    public void removeGroup(String name) throws IOException {
        sqlite.update("DELETE FROM contact_group WHERE name = ?", name);
    }

    /** All groups, by name. */
    public List<StoredGroup> groups() throws IOException {
        List<String> names = sqlite.query("SELECT name FROM contact_group ORDER BY name", row -> row.getString(1));
        List<StoredGroup> groups = new ArrayList<>(names.size());
        for (String name : names) {
            groups.add(new StoredGroup(
                    name,
                    sqlite.query(
                            "SELECT member FROM contact_group_member WHERE name = ? ORDER BY rowid",
                            row -> row.getString(1),
                            name)));
        }
        return groups;
    }
}
