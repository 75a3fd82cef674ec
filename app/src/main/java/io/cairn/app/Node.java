package io.cairn.app;

import io.cairn.dht.DhtStatistics;
import io.cairn.dht.RecordStatistics;
import io.cairn.dht.SearchReport;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ScanNotes;
import io.cairn.transfer.content.ShareOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One running node: what the shell, an embedding program and later the HTTP interface use. Thread-safe. Futures fail with a
 * {@link CairnException}, which says what failed, why, and what to do next. Listeners are called on a thread of the node's and must
 * not block it.
 *
 * <p>A closed node answers at once: futures, also those that were open when it was closed, fail with a {@link CairnException}, as do the
 * methods that declare one. {@link #shares}, {@link #peers} and {@link #link} are empty; {@link #fetches} and {@link #statistics} tell how
 * things stood at the close.
 */
public interface Node extends AutoCloseable {
    /** Who and where this node is. */
    NodeInfo info();

    /** Completes when the first attempt to join has ended, with the number of contacts; 0 if the node is alone. */
    CompletableFuture<Integer> joined();

    /**
     * Hashes a file or folder, starts to serve it in place and publishes it. Completes when the root's record is stored and the
     * chunks' records have been sent. Sharing what is already shared and unchanged publishes it again and is no error.
     * Its events tell how many bytes have been hashed; cancelling its future ends the hashing.
     *
     * @param options what is left out, and what the manifest keeps
     */
    Operation<HashProgress, ShareReport> share(Path path, ShareOptions options);

    /** Shares with {@link ShareOptions#DEFAULT}. */
    default Operation<HashProgress, ShareReport> share(Path path) {
        return share(path, ShareOptions.DEFAULT);
    }

    /** What is shared, by name. */
    List<Share> shares();

    /** Stops sharing. The files stay. Fails if nothing with this hash is shared. */
    CompletableFuture<Share> unshare(Key hash);

    /**
     * Finds what a user names: a hash in either case, a magnet link, or an unambiguous prefix (at least six digits) or the name of
     * a share or fetch of this node.
     *
     * @throws CairnException of kind USAGE if it is none of these
     */
    FetchTarget resolve(String hashOrLink) throws CairnException;

    /** As {@link #unshare(Key)}, of what the text names for {@link #resolve}. */
    default CompletableFuture<Share> unshare(String hashOrName) throws CairnException {
        return unshare(resolve(hashOrName).hash());
    }

    /** Starts to fetch. Its events tell every stage. */
    Fetch fetch(FetchOptions options);

    /**
     * Takes up the fetches that earlier runs left undone: those that were under way or waited go on, those that were paused stay paused.
     * For nodes that stay, once, at their start.
     */
    CompletableFuture<List<Fetch>> takeUpFetches();

    /** Fetches that wait, are under way or paused, and the last 100 that ended in this run, oldest first. */
    List<Fetch> fetches();

    /** How fast chunks are sent and received at most. */
    SpeedLimits limits();

    /** Limits how fast chunks are sent and received, from now on and in later runs. Completes when that is remembered. */
    CompletableFuture<SpeedLimits> limit(SpeedLimits limits);

    /** Peers: the contacts of the routing table and those with a transfer session. */
    List<Peer> peers();

    /**
     * Greets a node.
     *
     * @param hostAndPort {@code HOST:PORT}; the name is resolved
     */
    CompletableFuture<Contact> connect(String hostAndPort);

    /** Looks up who provides a key. Its events are the providers, each once. */
    Operation<io.cairn.dht.Provider, SearchReport> find(Key key);

    /** As {@link #find(Key)}, of what the text names for {@link #resolve}. */
    default Operation<io.cairn.dht.Provider, SearchReport> find(String hashOrName) throws CairnException {
        return find(resolve(hashOrName).hash());
    }

    /**
     * Reads verified bytes of a file of a share, or of a fetch that runs: then the future completes once all chunks of the range have arrived. It
     * fails if there is no such file, or if the bytes are not here and no running fetch brings them. Cancelling the future gives the read up.
     *
     * @param path in the share, with {@code /} between its parts; may be empty for a share that is one file
     * @param offset in the file; past its end there is nothing to read, which is no failure
     * @param length of which at most {@link Excerpt#BYTES_MAX} are read
     */
    CompletableFuture<Excerpt> read(Key hash, String path, long offset, int length);

    /** As {@link #read(Key, String, long, int)}, of what the text names for {@link #resolve}. */
    default CompletableFuture<Excerpt> read(String hashOrName, String path, long offset, int length)
            throws CairnException {
        return read(resolve(hashOrName).hash(), path, offset, length);
    }

    /**
     * The manifest of a share or fetch known here, or fetched from those who provide it. While the hash is being fetched, the manifest of
     * that fetch, waited for at most 30 seconds.
     */
    CompletableFuture<io.cairn.transfer.content.manifest.Manifest> manifest(FetchTarget target);

    /**
     * Makes what lies at a path what the manifest says: its bad chunks are fetched, verified and written over, files of another length are
     * cut or made longer, missing ones made anew. Nothing else is touched and nothing deleted. Cancelling its future ends it where it is.
     * Fails at once while the hash is fetched or repaired already; a fetch that is asked for meanwhile waits for the repair.
     *
     * @param place the file or folder itself
     * @param found what is wrong with it
     */
    Operation<FetchEvent, FetchEvent.Complete> repair(
            FetchTarget target, io.cairn.transfer.content.manifest.Manifest manifest, Path place, VerifyReport found);

    /** Writes a {@code .torrent} file (BEP 3) for a share or fetch known here. */
    Path exportTorrent(Key hash, Path file) throws CairnException;

    /** As {@link #exportTorrent(Key, Path)}, of what the text names for {@link #resolve}. */
    default Path exportTorrent(String hashOrName, Path file) throws CairnException {
        return exportTorrent(resolve(hashOrName).hash(), file);
    }

    /** A share's magnet link, with this node's addresses. */
    Optional<String> link(Key hash);

    /** As {@link #link(Key)}, of what the text names for {@link #resolve}. */
    default Optional<String> link(String hashOrName) throws CairnException {
        return link(resolve(hashOrName).hash());
    }

    /** Figures since start. */
    NodeStatistics statistics();

    /** Tells of things that happen without being asked for: a shared file changed, a contact appeared. */
    Subscription onNotice(Consumer<? super Notice> listener);

    /** Stops cleanly: unfinished fetches are kept for later. Waits at most five seconds. */
    @Override
    void close();

    /**
     * @param version of the program
     * @param node this node's id
     * @param port UDP and TCP
     * @param addresses what it tells others as its addresses
     * @param network the network's name
     * @param lan whether it looks for nodes on the local network
     */
    record NodeInfo(
            String version,
            io.cairn.dht.id.NodeId node,
            io.cairn.dht.crypto.PublicKey publicKey,
            int port,
            List<io.cairn.dht.id.Endpoint> addresses,
            String network,
            boolean lan,
            Path dataDirectory) {}

    /** How far hashing has come. */
    record HashProgress(long hashedBytes, long totalBytes) {}

    /**
     * Something that is shared.
     *
     * @param available whether it is offered, because its files are what was shared
     * @param trouble why it could not be read when a peer last asked; null if it could
     */
    record Share(
            Key hash,
            String name,
            Path path,
            long size,
            int chunks,
            boolean available,
            long uploadedBytes,
            @Nullable String trouble) {
        /** A share that can be read. */
        public Share(Key hash, String name, Path path, long size, int chunks, boolean available, long uploadedBytes) {
            this(hash, name, path, size, chunks, available, uploadedBytes, null);
        }
    }

    /**
     * How sharing went.
     *
     * @param notes what was left out, and which names not every system can hold
     */
    record ShareReport(
            Share share, String link, io.cairn.dht.PublishReport publication, long hashMillis, ScanNotes notes) {}

    /** A peer, and how this node knows it; rates in bytes a second. */
    record Peer(
            io.cairn.dht.id.NodeId node,
            io.cairn.dht.id.Endpoint endpoint,
            Via via,
            long receivedBytes,
            long sentBytes) {
        /** Text and JSON output have the name in lower case. */
        public enum Via {
            DHT,
            SESSION,
            BOTH;

            public String text() {
                return name().toLowerCase(java.util.Locale.ROOT);
            }
        }
    }

    /** Figures of a node. */
    record NodeStatistics(
            DhtStatistics dht,
            RecordStatistics records,
            long receivedBytes,
            long sentBytes,
            int sessions,
            long uptimeMillis) {}

    /** Something that happened without being asked for. */
    sealed interface Notice {
        /** A shared file is no longer what was shared; it is not offered any more. */
        record ShareChanged(Share share, Path path, String what) implements Notice {}

        /** The files of a share that was not offered are back; it is offered again. */
        record ShareReturned(Share share) implements Notice {}

        /** A share is offered and a peer asked for it, but it could not be read. Told once, until it can be read again. */
        record ShareUnreadable(Share share, String why) implements Notice {}

        /**
         * The clock of another machine differs so much that neither node takes the other's messages.
         *
         * @param aheadMillis by how much it is ahead of this machine's, negative if it is behind
         */
        record ClockDiffers(java.net.InetAddress address, long aheadMillis) implements Notice {
            /** That as a clause, as in "the clock of 192.168.1.7 is 10 minutes ahead of this machine's". */
            public String text() {
                return "the clock of " + address.getHostAddress() + " is " + duration(Math.abs(aheadMillis))
                        + (aheadMillis > 0 ? " ahead of" : " behind") + " this machine's";
            }

            private static String duration(long millis) {
                long minutes = Math.round(millis / 60_000.0);
                long hours = Math.round(millis / 3_600_000.0);
                if (minutes < 120) {
                    return minutes + (minutes == 1 ? " minute" : " minutes");
                }
                return hours < 48 ? hours + " hours" : Math.round(millis / 86_400_000.0) + " days";
            }
        }

        /** A contact entered the routing table. */
        record ContactAppeared(Contact contact) implements Notice {}
    }
}
