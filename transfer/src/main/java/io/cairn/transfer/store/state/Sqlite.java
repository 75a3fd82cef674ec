package io.cairn.transfer.store.state;

import io.cairn.transfer.store.file.DiskSpace;
import io.cairn.transfer.store.file.Mount;
import io.cairn.transfer.store.file.OwnerOnly;
import io.cairn.transfer.store.state.StateDatabaseException.Trouble;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/**
 * One connection to an SQLite file, used by one thread at a time under a lock. In WAL mode other processes can read while this one
 * writes; a commit is on disk before it returns.
 */
final class Sqlite implements Closeable {
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;

    /** Smallest size of SQLite's shared-memory file. */
    private static final int SHARED_MEMORY_BYTES = 32 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(Sqlite.class);

    private final Path file;
    private final Connection connection;
    private final Lock lock = new ReentrantLock();

    private Sqlite(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    static Sqlite open(Path file, boolean readOnly) throws StateDatabaseException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(readOnly);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.enforceForeignKeys(true);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        if (!readOnly) {
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            closeToOthers(file);
        }
        try {
            return new Sqlite(file, config.createConnection("jdbc:sqlite:" + file.toAbsolutePath()));
        } catch (SQLException failure) {
            throw explain(file, failure);
        }
    }

    /** Creates the file for its owner only, or removes the permissions of others; SQLite gives its companion files the same ones. */
    private static void closeToOthers(Path file) throws StateDatabaseException {
        try {
            if (Files.notExists(file)) {
                OwnerOnly.create(file).close();
            } else if (Files.isRegularFile(file)) {
                OwnerOnly.tightenFile(file);
            }
        } catch (IOException notOurs) {
            LOG.debug("the permissions of {} stay as they are: {}", file, notOurs.toString());
        }
    }

    /** Reads one row. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException, StateDatabaseException;
    }

    /** Several statements that take effect atomically. */
    interface Transaction {
        void run(Sqlite sqlite) throws StateDatabaseException;
    }

    /** Runs a statement; returns the number of rows changed. */
    int update(String sql, Object... values) throws StateDatabaseException {
        lock.lock();
        try (PreparedStatement statement = prepare(sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException failure) {
            throw explain(file, failure);
        } finally {
            lock.unlock();
        }
    }

    /** Runs a statement once for each list of values. */
    void updateAll(String sql, List<Object[]> rows) throws StateDatabaseException {
        lock.lock();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Object[] row : rows) {
                bind(statement, row);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException failure) {
            throw explain(file, failure);
        } finally {
            lock.unlock();
        }
    }

    <T> List<T> query(String sql, RowReader<T> reader, Object... values) throws StateDatabaseException {
        lock.lock();
        try (PreparedStatement statement = prepare(sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<T> results = new ArrayList<>();
            while (rows.next()) {
                results.add(reader.read(rows));
            }
            return results;
        } catch (SQLException failure) {
            throw explain(file, failure);
        } finally {
            lock.unlock();
        }
    }

    void transaction(Transaction transaction) throws StateDatabaseException {
        lock.lock();
        try {
            update("BEGIN");
            boolean isDone = false;
            try {
                transaction.run(this);
                update("COMMIT");
                isDone = true;
            } finally {
                if (!isDone) {
                    rollBack();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void rollBack() {
        try {
            update("ROLLBACK");
        } catch (StateDatabaseException rolledBackAlready) {
            LOG.debug("SQLite had rolled back already, as on a full disk: {}", rolledBackAlready.getMessage());
        }
    }

    @Override
    public void close() throws StateDatabaseException {
        lock.lock();
        try {
            connection.close();
        } catch (SQLException failure) {
            throw explain(file, failure);
        } finally {
            lock.unlock();
        }
    }

    private PreparedStatement prepare(String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        bind(statement, values);
        return statement;
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private static StateDatabaseException explain(Path file, SQLException failure) {
        int code = failure.getErrorCode() & 0xff; // the lowest byte of an extended code is the primary code
        if (code == SQLiteErrorCode.SQLITE_NOTADB.code || code == SQLiteErrorCode.SQLITE_CORRUPT.code) {
            return new StateDatabaseException(
                    Trouble.DAMAGED, file + " is damaged or not a state database of Cairn", failure);
        }
        if (code == SQLiteErrorCode.SQLITE_BUSY.code) {
            return new StateDatabaseException(Trouble.LOCKED, file + " is locked by another program", failure);
        }
        boolean cannotBeMade =
                code == SQLiteErrorCode.SQLITE_CANTOPEN.code || code == SQLiteErrorCode.SQLITE_IOERR.code;
        if (code == SQLiteErrorCode.SQLITE_READONLY.code || cannotBeMade && isReadOnly(file)) {
            return new StateDatabaseException(
                    Trouble.DENIED, file + " cannot be written: the file or its file system is read-only", failure);
        }
        if (code == SQLiteErrorCode.SQLITE_FULL.code || cannotBeMade && isFull(file)) {
            return new StateDatabaseException(
                    Trouble.DISK_FULL, file + " cannot be written: its disk is full", failure);
        }
        return new StateDatabaseException(Trouble.UNUSABLE, file + " cannot be used: " + failure.getMessage(), failure);
    }

    /** If SQLite cannot create its two companion files, it reports only that it cannot open a file. */
    private static boolean isReadOnly(Path file) {
        try {
            return Mount.of(folder(file)).map(FileStore::isReadOnly).orElse(false);
        } catch (IOException unknown) {
            LOG.debug("cannot check whether {} is writable", file, unknown);
            return false;
        }
    }

    /** If the disk has no room for its shared-memory file, SQLite reports only that a file operation failed. */
    private static boolean isFull(Path file) {
        return DiskSpace.free(folder(file)).orElse(Long.MAX_VALUE) < SHARED_MEMORY_BYTES;
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
    }
}
