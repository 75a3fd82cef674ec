package io.cairn.transfer.store.state;

import io.cairn.transfer.store.state.StateDatabaseException.Trouble;
import java.nio.file.Path;
import java.util.List;

/**
 * The tables of the state database. Hashes and node ids are hexadecimal text and times are milliseconds since 1970, so that you can
 * read them with the {@code sqlite3} program. {@code PRAGMA user_version} holds the version.
 */
final class Schema {
    static final int VERSION = 10;

    /** "Carn", in {@code PRAGMA application_id}, so that the program {@code file} and this one recognize the file. */
    static final int APPLICATION_ID = 0x4361_726e;

    /**
     * Added by version 2. Version 6 gave the table row ids: without them each row of more than 1,000 bytes, as most are, takes
     * a page of its own.
     */
    private static final String HELD_RECORDS = """
            CREATE TABLE held_records (
                name TEXT PRIMARY KEY NOT NULL,
                expiry_millis INTEGER NOT NULL,
                content BLOB NOT NULL)
            """;

    /** Added by version 2. */
    private static final String PUBLISHED_REGION = """
            CREATE TABLE published_region (
                cell INTEGER PRIMARY KEY,
                published_millis INTEGER NOT NULL,
                endpoints TEXT NOT NULL)
            """;

    /** Added by version 3. */
    private static final List<String> FETCH_CONTROL = List.of("""
            CREATE TABLE fetch_request (
                hash TEXT NOT NULL,
                output TEXT NOT NULL,
                into_folder INTEGER NOT NULL,
                name TEXT NOT NULL,
                peers TEXT NOT NULL,
                keep_sharing INTEGER NOT NULL,
                sequential INTEGER NOT NULL,
                only_globs TEXT NOT NULL,
                on_existing TEXT NOT NULL,
                state TEXT NOT NULL,
                created_millis INTEGER NOT NULL,
                PRIMARY KEY (hash, output))
            """, """
            CREATE TABLE placed_file (
                hash TEXT NOT NULL,
                target TEXT NOT NULL,
                position INTEGER NOT NULL,
                size INTEGER NOT NULL,
                modified_nanos INTEGER NOT NULL,
                file_key TEXT NOT NULL,
                PRIMARY KEY (hash, target, position)) WITHOUT ROWID
            """, """
            CREATE TABLE setting (
                name TEXT PRIMARY KEY,
                value TEXT NOT NULL) WITHOUT ROWID
            """);

    /** Added by version 4. */
    private static final String HASHED_CHUNK = """
            CREATE TABLE hashed_chunk (
                place TEXT PRIMARY KEY,
                digests BLOB NOT NULL,
                hashed_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP) WITHOUT ROWID
            """;

    /** Added by version 5, in place of one modification time per fetch. */
    private static final String FETCH_FILE = """
            CREATE TABLE fetch_file (
                hash TEXT NOT NULL,
                target TEXT NOT NULL,
                position INTEGER NOT NULL,
                size INTEGER NOT NULL,
                modified_nanos INTEGER NOT NULL,
                file_key TEXT NOT NULL,
                PRIMARY KEY (hash, target, position),
                FOREIGN KEY (hash, target) REFERENCES fetch (hash, target) ON DELETE CASCADE ON UPDATE CASCADE)
                WITHOUT ROWID
            """;

    /** Added by version 7: how long a fetch waits, and why the latest attempt at each hash ended as it did. */
    private static final List<String> FETCH_WHY = List.of(
            "ALTER TABLE fetch_request ADD COLUMN lookup_seconds INTEGER NOT NULL DEFAULT 10",
            "ALTER TABLE fetch_request ADD COLUMN stall_seconds INTEGER NOT NULL DEFAULT 30",
            """
            CREATE TABLE fetch_why (
                hash TEXT PRIMARY KEY NOT NULL,
                ended_millis INTEGER NOT NULL,
                why TEXT NOT NULL)
            """);

    /** Added by version 8: copies that fetches keep up to date, with the versions that their files are of. */
    private static final List<String> COPY = List.of(
            "ALTER TABLE fetch_request ADD COLUMN updates TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE fetch_request ADD COLUMN kept_in TEXT NOT NULL DEFAULT ''",
            """
            CREATE TABLE copy (
                target TEXT NOT NULL,
                hash TEXT NOT NULL,
                manifest BLOB NOT NULL,
                PRIMARY KEY (target, hash))
            """);

    /** Added by version 8: what this node says in the network, in its own name. */
    private static final List<String> OWN_STATEMENTS = List.of("""
            CREATE TABLE own_value (
                name TEXT PRIMARY KEY NOT NULL,
                content BLOB NOT NULL,
                sequence INTEGER NOT NULL)
            """, """
            CREATE TABLE own_service (
                id TEXT PRIMARY KEY NOT NULL,
                record BLOB NOT NULL,
                ttl_seconds INTEGER NOT NULL)
            """, """
            CREATE TABLE moving_name (
                kind TEXT NOT NULL,
                name TEXT NOT NULL,
                place TEXT NOT NULL,
                hash TEXT NOT NULL,
                details TEXT NOT NULL,
                PRIMARY KEY (kind, name, place))
            """);

    /** Added by version 9: the nodes that have names here, and for whom shares are. */
    private static final List<String> PEOPLE = List.of("""
            CREATE TABLE contact (
                name TEXT PRIMARY KEY NOT NULL,
                node TEXT NOT NULL,
                added_millis INTEGER NOT NULL)
            """, """
            CREATE TABLE contact_group (
                name TEXT PRIMARY KEY NOT NULL)
            """, """
            CREATE TABLE contact_group_member (
                name TEXT NOT NULL REFERENCES contact_group (name) ON DELETE CASCADE,
                member TEXT NOT NULL,
                PRIMARY KEY (name, member))
            """, """
            CREATE TABLE offer (
                hash TEXT PRIMARY KEY NOT NULL,
                listed INTEGER NOT NULL,
                listed_millis INTEGER NOT NULL,
                origin TEXT NOT NULL,
                secret TEXT NOT NULL,
                members TEXT NOT NULL)
            """);

    /** Added by version 10: who told a secret, who is to have none any more, and who had a name when it got it. */
    private static final List<String> SECRET_RENEWAL = List.of(
            "ALTER TABLE offer ADD COLUMN owner TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE offer ADD COLUMN removed TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE offer ADD COLUMN named TEXT NOT NULL DEFAULT ''");

    private static final List<String> TABLES = List.of(
            """
            CREATE TABLE share (
                hash TEXT PRIMARY KEY,
                name TEXT NOT NULL,
                path TEXT NOT NULL,
                manifest BLOB NOT NULL,
                added_millis INTEGER NOT NULL,
                published_millis INTEGER NOT NULL,
                uploaded_bytes INTEGER NOT NULL)
            """,
            """
            CREATE TABLE share_file (
                hash TEXT NOT NULL REFERENCES share (hash) ON DELETE CASCADE,
                position INTEGER NOT NULL,
                size INTEGER NOT NULL,
                modified_nanos INTEGER NOT NULL,
                file_key TEXT NOT NULL,
                PRIMARY KEY (hash, position)) WITHOUT ROWID
            """,
            """
            CREATE TABLE fetch (
                hash TEXT NOT NULL,
                target TEXT NOT NULL,
                part TEXT NOT NULL,
                manifest BLOB NOT NULL,
                state TEXT NOT NULL,
                keep_sharing INTEGER NOT NULL,
                created_millis INTEGER NOT NULL,
                PRIMARY KEY (hash, target))
            """,
            // separate from fetch, because SQLite rewrites whole rows and the manifest may be large
            """
            CREATE TABLE fetch_journal (
                hash TEXT NOT NULL,
                target TEXT NOT NULL,
                chunks BLOB NOT NULL,
                PRIMARY KEY (hash, target),
                FOREIGN KEY (hash, target) REFERENCES fetch (hash, target) ON DELETE CASCADE ON UPDATE CASCADE)
            """,
            """
            CREATE TABLE peer (
                node TEXT PRIMARY KEY,
                endpoint TEXT NOT NULL,
                last_seen_millis INTEGER NOT NULL)
            """,
            HELD_RECORDS,
            PUBLISHED_REGION);

    private Schema() {}

    /** Creates the tables in an empty file, upgrades an older version, and refuses a file of another program or of a newer version. */
    static void prepare(Path file, Sqlite sqlite, boolean readOnly) throws StateDatabaseException {
        sqlite.query("SELECT count(*) FROM sqlite_master", row -> row.getInt(1)); // fails if the file is not a database
        int application = pragma(sqlite, "application_id");
        int version = pragma(sqlite, "user_version");
        boolean empty =
                sqlite.query("SELECT 1 FROM sqlite_master LIMIT 1", row -> 1).isEmpty();
        if (!empty && application != APPLICATION_ID) {
            throw new StateDatabaseException(Trouble.OF_ANOTHER_PROGRAM, file + " is a database of another program");
        }
        if (version > VERSION) {
            throw new StateDatabaseException(
                    Trouble.OF_A_NEWER_VERSION,
                    file + " was written by a newer version of Cairn (schema " + version + ", this one knows " + VERSION
                            + ")");
        }
        if (empty && readOnly) {
            throw new StateDatabaseException(Trouble.EMPTY, file + " is empty: no node has used this data directory");
        }
        if (!empty && !readOnly) {
            requireIntact(file, sqlite);
        }
        if (empty) {
            sqlite.transaction(Schema::create);
        } else if (version < VERSION && !readOnly) {
            sqlite.transaction(transaction -> bringUpToDate(transaction, version));
        }
    }

    /** Checks all pages, so that a node finds damage at once and does not write to a damaged file: 25 ms for 80 MB on a warm disk. */
    private static void requireIntact(Path file, Sqlite sqlite) throws StateDatabaseException {
        String found =
                sqlite.query("PRAGMA quick_check(1)", row -> row.getString(1)).get(0);
        if (!found.equals("ok")) {
            throw new StateDatabaseException(
                    Trouble.DAMAGED, file + " is damaged: " + found.substring(found.indexOf('\n') + 1));
        }
    }

    private static void bringUpToDate(Sqlite sqlite, int from) throws StateDatabaseException {
        if (from < 2) {
            sqlite.update(HELD_RECORDS.stripIndent());
            sqlite.update(PUBLISHED_REGION.stripIndent());
        }
        for (String table : from < 3 ? FETCH_CONTROL : List.<String>of()) {
            sqlite.update(table.stripIndent());
        }
        if (from < 4) {
            sqlite.update(HASHED_CHUNK.stripIndent());
        }
        if (from < 5) {
            sqlite.update("ALTER TABLE fetch_journal DROP COLUMN part_modified_nanos");
            sqlite.update(FETCH_FILE.stripIndent());
        }
        if (from >= 2 && from < 6) {
            sqlite.update("ALTER TABLE held_records RENAME TO held_records_before");
            sqlite.update(HELD_RECORDS.stripIndent());
            sqlite.update("INSERT INTO held_records SELECT name, expiry_millis, content FROM held_records_before");
            sqlite.update("DROP TABLE held_records_before");
        }
        if (from < 7) {
            add(sqlite, FETCH_WHY);
        }
        if (from < 8) {
            add(sqlite, COPY);
            add(sqlite, OWN_STATEMENTS);
        }
        if (from < 9) {
            add(sqlite, PEOPLE);
        }
        add(sqlite, SECRET_RENEWAL);
        sqlite.update("PRAGMA user_version = " + VERSION);
    }

    private static void create(Sqlite sqlite) throws StateDatabaseException {
        for (String table : TABLES) {
            sqlite.update(table.stripIndent());
        }
        for (String table : FETCH_CONTROL) {
            sqlite.update(table.stripIndent());
        }
        sqlite.update(HASHED_CHUNK.stripIndent());
        sqlite.update(FETCH_FILE.stripIndent());
        add(sqlite, FETCH_WHY);
        add(sqlite, COPY);
        add(sqlite, OWN_STATEMENTS);
        add(sqlite, PEOPLE);
        add(sqlite, SECRET_RENEWAL);
        sqlite.update("PRAGMA application_id = " + APPLICATION_ID);
        sqlite.update("PRAGMA user_version = " + VERSION);
    }

    private static void add(Sqlite sqlite, List<String> changes) throws StateDatabaseException {
        for (String change : changes) {
            sqlite.update(change.stripIndent());
        }
    }

    private static int pragma(Sqlite sqlite, String name) throws StateDatabaseException {
        return sqlite.query("PRAGMA " + name, row -> row.getInt(1)).get(0);
    }
}
