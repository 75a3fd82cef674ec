package io.cairn.app;

import io.cairn.app.Verifier.VerifyReport;
import io.cairn.dht.DhtStatistics;
import io.cairn.dht.RecordStatistics;
import io.cairn.dht.SearchReport;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ScanNotes;
import io.cairn.transfer.content.ShareOptions;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One running node, in this process or in another: the API for the shell, for embedding programs and for the control interface. Thread-safe. Futures fail with
 * a {@link CairnException}, which says what failed, why, and what to do next. Listeners run on a thread of the node and must not block
 * it.
 *
 * <p>A closed node answers at once: all futures, including those open at the close, fail with a {@link CairnException}, as do the
 * methods that declare one. {@link #shares}, {@link #peers} and {@link #link} are empty; {@link #fetches} and {@link #statistics}
 * return the state at the close, or what was heard last of a node in another process.
 *
 * <p>When the process of a node ends, or does not answer, its users in other processes get a {@link CairnException} of reason
 * {@link Reason#NODE_GONE} from all futures and from the methods that declare one; the others throw a {@link NodeGoneException}.
 */
public interface Node extends AutoCloseable {
    /** The identity and addresses of this node. */
    NodeInfo info();

    /** Completes after the first attempt to join, with the number of contacts; 0 if the node is alone. */
    CompletableFuture<Integer> joined();

    /**
     * Hashes a file or folder, serves it in place, and publishes it. The future completes once the root record is stored and all
     * chunk records are sent. Sharing unchanged content again republishes it. The events report the bytes hashed so far; cancelling
     * the future ends the hashing.
     *
     * @param options what to leave out, and what to keep in the manifest
     * @param offer for whom it is from now on; null to leave that as it is: open, if it was not shared before
     */
    Operation<HashProgress, ShareReport> share(Path path, ShareOptions options, Offers.@Nullable Offer offer);

    /** Shares without changing for whom it is. */
    default Operation<HashProgress, ShareReport> share(Path path, ShareOptions options) {
        return share(path, options, null);
    }

    /** Shares with {@link ShareOptions#DEFAULT}. */
    default Operation<HashProgress, ShareReport> share(Path path) {
        return share(path, ShareOptions.DEFAULT);
    }

    /** All shares, ordered by name. */
    List<Share> shares();

    /** Stops sharing. Keeps the files. Fails if no share has this hash. */
    CompletableFuture<Share> unshare(Key hash);

    /**
     * Resolves what you name: a hash in either case, a magnet link, or an unambiguous prefix (at least six digits) or the name of
     * a share or fetch on this node.
     *
     * @throws CairnException of kind USAGE if it is none of these
     */
    FetchTarget resolve(String hashOrLink) throws CairnException;

    /**
     * Why the latest fetch of a hash stands where it stands: one that runs, waits or is paused, or one of the last hundred that ended,
     * also in earlier runs. For a hash that was never fetched here, looks for providers now, for at most a few seconds, and dials none.
     */
    CompletableFuture<Why> why(Key hash);

    /** As {@link #why(Key)}, after {@link #resolve}. */
    default CompletableFuture<Why> why(String hashOrName) throws CairnException {
        return why(resolve(hashOrName).hash());
    }

    /** As {@link #unshare(Key)}, after {@link #resolve}. */
    default CompletableFuture<Share> unshare(String hashOrName) throws CairnException {
        return unshare(resolve(hashOrName).hash());
    }

    /** Starts a fetch. Its events report every stage. */
    Fetch fetch(FetchOptions options);

    /**
     * Resumes the unfinished fetches of earlier runs: running and waiting ones continue, paused ones stay paused. For long-lived
     * nodes, once, at their start.
     */
    CompletableFuture<List<Fetch>> takeUpFetches();

    /** Waiting, running and paused fetches, and the last 100 that ended in this run, oldest first. */
    List<Fetch> fetches();

    /** The limits on the rates at which chunks are sent and received. */
    SpeedLimits limits();

    /** Limits the rates at which chunks are sent and received, in this run and later ones. Completes once the limits are stored. */
    CompletableFuture<SpeedLimits> limit(SpeedLimits limits);

    /** The contacts of the routing table and the peers with a transfer session. */
    List<Peer> peers();

    /**
     * Greets a node.
     *
     * @param hostAndPort {@code HOST:PORT}; the name is resolved
     */
    CompletableFuture<Contact> connect(String hostAndPort);

    /** Looks up the providers of a key. Its events are the providers, each once. */
    Operation<io.cairn.dht.Provider, SearchReport> find(Key key);

    /** As {@link #find(Key)}, after {@link #resolve}. */
    default Operation<io.cairn.dht.Provider, SearchReport> find(String hashOrName) throws CairnException {
        return find(resolve(hashOrName).hash());
    }

    /**
     * Reads verified bytes of a file in a share or a running fetch; for a fetch, the future completes once all chunks of the range have
     * arrived. Fails if there is no such file, or if the bytes are missing and no running fetch brings them. Cancelling the future
     * abandons the read.
     *
     * @param path in the share, with {@code /} between its parts; may be empty for a share of a single file
     * @param offset in the file; past its end, the excerpt is empty
     * @param length in bytes; at most {@link Excerpt#BYTES_MAX} are read
     */
    CompletableFuture<Excerpt> read(Key hash, String path, long offset, int length);

    /** As {@link #read(Key, String, long, int)}, after {@link #resolve}. */
    default CompletableFuture<Excerpt> read(String hashOrName, String path, long offset, int length)
            throws CairnException {
        return read(resolve(hashOrName).hash(), path, offset, length);
    }

    /**
     * The manifest of a share or fetch known here, or else fetched from providers. While the hash is being fetched, waits at most 30
     * seconds for the manifest of that fetch.
     */
    CompletableFuture<io.cairn.transfer.content.manifest.Manifest> manifest(FetchTarget target);

    /**
     * Makes the files at a path match the manifest: fetches, verifies and overwrites bad chunks, truncates or extends files of the wrong
     * length, and creates missing ones. Touches nothing else and deletes nothing. Cancelling the future stops the repair where it is.
     * Fails at once if the hash is already being fetched or repaired; a fetch requested during the repair waits for it.
     *
     * @param place the file or folder itself
     * @param found the differences to repair
     */
    Operation<FetchEvent, FetchEvent.Complete> repair(
            FetchTarget target, io.cairn.transfer.content.manifest.Manifest manifest, Path place, VerifyReport found);

    /** Writes a {@code .torrent} file (BEP 3) for a share or fetch known here. */
    Path exportTorrent(Key hash, Path file) throws CairnException;

    /** As {@link #exportTorrent(Key, Path)}, after {@link #resolve}. */
    default Path exportTorrent(String hashOrName, Path file) throws CairnException {
        return exportTorrent(resolve(hashOrName).hash(), file);
    }

    /** A share's magnet link, with this node's addresses. */
    Optional<String> link(Key hash);

    /** As {@link #link(Key)}, after {@link #resolve}. */
    default Optional<String> link(String hashOrName) throws CairnException {
        return link(resolve(hashOrName).hash());
    }

    /** Nodes that you gave names to. */
    Contacts contacts();

    /** For whom shares are. */
    Offers offers();

    /** What other nodes list. */
    Catalogue catalogue();

    /** Sending under a code that one can say. */
    Codes codes();

    /** The services of this node and of others. */
    Services services();

    /** Folders that are shared again whenever they change, and copies that follow such folders. */
    Follows follows();

    /** The named values of this node and of others. */
    Values values();

    /** Figures since start. */
    NodeStatistics statistics();

    /**
     * Examines this node, its network and its machine. The events are the checks as they end; the result holds all of them in a fixed
     * order. Takes at most eight seconds, and never fails unless the node is closed.
     */
    Operation<Check, List<Check>> doctor();

    /** Reports events that no request caused, such as a changed share or a new contact. */
    Subscription onNotice(Consumer<? super Notice> listener);

    /** Stops cleanly and keeps unfinished fetches for a later run. Waits at most five seconds. */
    @Override
    void close();

    /**
     * @param version of the program
     * @param node this node's id
     * @param port UDP and TCP
     * @param addresses the addresses it announces
     * @param network the network's name
     * @param lan whether it looks for nodes on the local network
     * @param bind local addresses it listens on; empty for all
     * @param bootstrap the nodes it joined through, {@code HOST:PORT} each
     * @param networkKeyFile the key of its private network; null for an open one
     */
    record NodeInfo(
            String version,
            io.cairn.dht.id.NodeId node,
            io.cairn.dht.crypto.PublicKey publicKey,
            int port,
            List<io.cairn.dht.id.Endpoint> addresses,
            String network,
            boolean lan,
            List<java.net.InetAddress> bind,
            List<String> bootstrap,
            @Nullable Path networkKeyFile,
            Path dataDirectory) {
        public NodeInfo {
            addresses = List.copyOf(addresses);
            bind = List.copyOf(bind);
            bootstrap = List.copyOf(bootstrap);
        }
    }

    /** The progress of hashing. */
    record HashProgress(long hashedBytes, long totalBytes) {}

    /**
     * A shared file or folder.
     *
     * @param available whether it is offered: its files are unchanged
     * @param trouble why it could not be read for a peer's latest request; null if it could
     * @param offer for whom it is
     */
    record Share(
            Key hash,
            String name,
            Path path,
            long size,
            int chunks,
            boolean available,
            long uploadedBytes,
            @Nullable String trouble,
            Offers.Offer offer) {
        /** A share for anyone who knows its hash. */
        public Share(
                Key hash,
                String name,
                Path path,
                long size,
                int chunks,
                boolean available,
                long uploadedBytes,
                @Nullable String trouble) {
            this(hash, name, path, size, chunks, available, uploadedBytes, trouble, Offers.Offer.OPEN);
        }

        /** One that can be read. */
        public Share(Key hash, String name, Path path, long size, int chunks, boolean available, long uploadedBytes) {
            this(hash, name, path, size, chunks, available, uploadedBytes, null);
        }
    }

    /**
     * The result of sharing.
     *
     * @param notes the entries left out, and the names that some systems cannot hold
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

    /**
     * Figures of a node since its start.
     *
     * @param proofsRefused of peers that wanted a share that is for some, and showed no right proof
     * @param chunks received by fetches
     * @param fetches how many fetches are in each state; states without any are left out
     */
    record NodeStatistics(
            DhtStatistics dht,
            RecordStatistics records,
            long receivedBytes,
            long sentBytes,
            int sessions,
            long uptimeMillis,
            long proofsRefused,
            ChunkStatistics chunks,
            java.util.Map<FetchState, Integer> fetches,
            CatalogueStatistics catalogue) {
        public NodeStatistics {
            fetches = java.util.Map.copyOf(fetches);
        }
    }

    /**
     * Chunks received by fetches.
     *
     * @param good chunks that match their digests
     * @param bad chunks that do not
     * @param deliveries how long they took, from the request to the last byte
     */
    record ChunkStatistics(long good, long bad, io.cairn.dht.measure.DurationCounts deliveries) {}

    /**
     * What this node lists, and what it knows of others.
     *
     * @param listed shares in its catalogue
     * @param questions of other nodes for it
     * @param refused questions without an answer: they were malformed, or too many
     * @param known entries of others that are kept
     */
    record CatalogueStatistics(int listed, long questions, long refused, int known) {}

    /**
     * Verified bytes of a file in a share.
     *
     * @param offset of the first byte in the file
     * @param fileBytes the length of the whole file
     * @param bytes read-only; empty past the end of the file
     */
    public record Excerpt(long offset, long fileBytes, ByteBuffer bytes) {
        /** Most bytes that one read returns: bounds the memory of one request. */
        public static final int BYTES_MAX = 8 << 20;

        public Excerpt {
            bytes = bytes.asReadOnlyBuffer();
        }
    }

    /** An event that no request caused. */
    sealed interface Notice {
        /** A shared file changed; its share is no longer offered. */
        record ShareChanged(Share share, Path path, String what) implements Notice {}

        /** The files of a share that was not offered are back; it is offered again. */
        record ShareReturned(Share share) implements Notice {}

        /** An offered share could not be read for a peer. Reported once, until it can be read again. */
        record ShareUnreadable(Share share, String why) implements Notice {}

        /**
         * The clock of another machine differs so much that neither node accepts the other's messages.
         *
         * @param aheadMillis how far it is ahead of this machine's clock; negative if it is behind
         */
        record ClockDiffers(java.net.InetAddress address, long aheadMillis) implements Notice {
            /** The difference as a clause, as in "the clock of 192.168.1.7 is 10 minutes ahead of this machine's". */
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

        /** A watched folder changed, and its new version is shared and published under its name. */
        record VersionPublished(Values.Name name, Share share, long sequence) implements Notice {}

        /** A watched folder changed and cannot be shared yet; it is tried again. Reported once for each cause. */
        record VersionFailed(String name, Path path, String why) implements Notice {}

        /**
         * A contact entered the routing table.
         *
         * @param name what you call its node; null if it is none of {@link Node#contacts}
         */
        record ContactAppeared(Contact contact, @Nullable String name) implements Notice {}

        /**
         * A contact sent something to this node alone; see {@link Codes#gifts}.
         *
         * @param who your name for the sender
         * @param items how many shares
         * @param size of all of them, in bytes, as the sender says
         * @param hasText whether it sent a text
         */
        record GiftArrived(io.cairn.dht.id.NodeId sender, String who, int items, long size, boolean hasText)
                implements Notice {}
    }
}
