package io.cairn.transfer.store.state;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The state of a node between runs: shares and their publication times, fetches, peers, settings, and the records it holds for the network.
 * One SQLite file, which you may open with other programs while the node runs. Thread-safe. Every call blocks, and a change is
 * on disk when its call returns.
 */
public final class StateDatabase implements Closeable {
    /** The default name of the file in a data directory. */
    public static final String FILE_NAME = "cairn.db";

    private final Sqlite sqlite;
    private final ShareTable shares;
    private final FetchTable fetches;
    private final PeerTable peers;
    private final HeldRecordTable heldRecords;
    private final PublishedRegionTable publishedRegions;
    private final FetchRequestTable fetchRequests;
    private final FetchWhyTable fetchWhys;
    private final PlacedFileTable placedFiles;
    private final CopyTable copies;
    private final SettingTable settings;
    private final HashJournalTable hashJournal;
    private final OwnValueTable ownValues;
    private final OwnServiceTable ownServices;
    private final MovingNameTable movingNames;
    private final ContactTable contacts;
    private final OfferTable offers;

    private StateDatabase(Sqlite sqlite) {
        this.sqlite = sqlite;
        this.shares = new ShareTable(sqlite);
        this.fetches = new FetchTable(sqlite);
        this.peers = new PeerTable(sqlite);
        this.heldRecords = new HeldRecordTable(sqlite);
        this.publishedRegions = new PublishedRegionTable(sqlite);
        this.fetchRequests = new FetchRequestTable(sqlite);
        this.fetchWhys = new FetchWhyTable(sqlite);
        this.placedFiles = new PlacedFileTable(sqlite);
        this.copies = new CopyTable(sqlite, placedFiles);
        this.settings = new SettingTable(sqlite);
        this.hashJournal = new HashJournalTable(sqlite);
        this.ownValues = new OwnValueTable(sqlite);
        this.ownServices = new OwnServiceTable(sqlite);
        this.movingNames = new MovingNameTable(sqlite);
        this.contacts = new ContactTable(sqlite);
        this.offers = new OfferTable(sqlite);
    }

    /**
     * Opens the file, or creates it.
     *
     * @throws StateDatabaseException if it is damaged, of another program, of a newer version, or locked
     */
    public static StateDatabase open(Path file) throws IOException {
        return open(file, false);
    }

    /**
     * Opens the file read-only; a node may be using it at the same time.
     *
     * @throws NoSuchFileException if the file does not exist
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

    /** The shares. */
    public ShareTable shares() {
        return shares;
    }

    /** The fetches whose manifest is known, with their journals. */
    public FetchTable fetches() {
        return fetches;
    }

    /** Nodes seen in earlier runs. */
    public PeerTable peers() {
        return peers;
    }

    /** The records held for the network. */
    public HeldRecordTable heldRecords() {
        return heldRecords;
    }

    /** The publication times by key-space region. */
    public PublishedRegionTable publishedRegions() {
        return publishedRegions;
    }

    /** The fetches requested by users. */
    public FetchRequestTable fetchRequests() {
        return fetchRequests;
    }

    /** Why the latest fetches ended as they did. */
    public FetchWhyTable fetchWhys() {
        return fetchWhys;
    }

    /** The placed files of partly fetched shares. */
    public PlacedFileTable placedFiles() {
        return placedFiles;
    }

    /** The copies that fetches keep up to date. */
    public CopyTable copies() {
        return copies;
    }

    /** The settings that users changed at run time. */
    public SettingTable settings() {
        return settings;
    }

    /** The digests of unfinished hashing. */
    public HashJournalTable hashJournal() {
        return hashJournal;
    }

    /** The values that this node has written. */
    public OwnValueTable ownValues() {
        return ownValues;
    }

    /** The services that this node announces in every run. */
    public OwnServiceTable ownServices() {
        return ownServices;
    }

    /** The names that this node makes versions of, and those that it follows. */
    public MovingNameTable movingNames() {
        return movingNames;
    }

    /** The nodes that the user gave names to. */
    public ContactTable contacts() {
        return contacts;
    }

    /** For whom shares are. */
    public OfferTable offers() {
        return offers;
    }

    @Override
    public void close() throws StateDatabaseException {
        sqlite.close();
    }
}
