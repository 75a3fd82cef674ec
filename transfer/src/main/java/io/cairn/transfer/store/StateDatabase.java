package io.cairn.transfer.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What a node remembers between runs: shares and when they were published, fetches under way, peers, and what it holds for the network.
 * One SQLite file, which a user may open with other programs while the node runs. Thread-safe; every call blocks, and a change is on
 * disk when its call returns.
 */
public final class StateDatabase implements Closeable {
    /** The usual name of the file in a data directory. */
    public static final String FILE_NAME = "cairn.db";

    private final Sqlite sqlite;
    private final ShareTable shares;
    private final FetchTable fetches;
    private final PeerTable peers;
    private final HeldRecordTable heldRecords;
    private final PublishedRegionTable publishedRegions;
    private final FetchRequestTable fetchRequests;
    private final PlacedFileTable placedFiles;
    private final SettingTable settings;
    private final HashJournalTable hashJournal;

    private StateDatabase(Sqlite sqlite) {
        this.sqlite = sqlite;
        this.shares = new ShareTable(sqlite);
        this.fetches = new FetchTable(sqlite);
        this.peers = new PeerTable(sqlite);
        this.heldRecords = new HeldRecordTable(sqlite);
        this.publishedRegions = new PublishedRegionTable(sqlite);
        this.fetchRequests = new FetchRequestTable(sqlite);
        this.placedFiles = new PlacedFileTable(sqlite);
        this.settings = new SettingTable(sqlite);
        this.hashJournal = new HashJournalTable(sqlite);
    }

    /**
     * Opens the file, or makes it.
     *
     * @throws StateDatabaseException if it is damaged, of another program, of a newer version, or locked
     */
    public static StateDatabase open(Path file) throws IOException {
        return open(file, false);
    }

    /**
     * Opens the file to read only; a node may be using it at the same time.
     *
     * @throws NoSuchFileException if there is none
     * @throws StateDatabaseException as {@link #open}
     */
    public static StateDatabase openReadOnly(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return open(file, true);
    }

    private static StateDatabase open(Path file, boolean readOnly) throws StateDatabaseException {
        Sqlite sqlite = Sqlite.open(file, readOnly);
        boolean ready = false;
        try {
            Schema.prepare(file, sqlite, readOnly);
            ready = true;
            return new StateDatabase(sqlite);
        } finally {
            if (!ready) {
                sqlite.close();
            }
        }
    }

    /** What is shared. */
    public ShareTable shares() {
        return shares;
    }

    /** What is being fetched. */
    public FetchTable fetches() {
        return fetches;
    }

    /** Nodes seen in earlier runs. */
    public PeerTable peers() {
        return peers;
    }

    /** What is held for the network. */
    public HeldRecordTable heldRecords() {
        return heldRecords;
    }

    /** What was published when. */
    public PublishedRegionTable publishedRegions() {
        return publishedRegions;
    }

    /** What users asked to be fetched. */
    public FetchRequestTable fetchRequests() {
        return fetchRequests;
    }

    /** What was placed of shares that were not fetched whole. */
    PlacedFileTable placedFiles() {
        return placedFiles;
    }

    /** What users set while the node ran. */
    public SettingTable settings() {
        return settings;
    }

    /** What hashing has found out that is not done. */
    public HashJournalTable hashJournal() {
        return hashJournal;
    }

    @Override
    public void close() throws StateDatabaseException {
        sqlite.close();
    }
}
