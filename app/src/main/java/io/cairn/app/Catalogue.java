package io.cairn.app;

import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What other nodes list for this one. Thread-safe. Futures fail with a {@link CairnException}. */
public interface Catalogue {
    /** Most entries that {@link #known} returns. */
    int KNOWN_MAX = 1_000;

    /** Most shares that {@link Matches} names. */
    int MATCHES_MAX = 8;

    /** Where {@link Matches} stops to count. */
    int MATCHES_COUNTED_MAX = 256;

    /**
     * Asks nodes what they list for this one: those of the local network, contacts, and peers with a session. The events are entries as they
     * arrive, each once. Ends once all have answered or been silent for some seconds, at the latest after half a minute.
     */
    Operation<Heard, Browsed> browse(Browse what);

    /** Entries that earlier browsing found, those of the node that was read last first; asks nobody. Empty for a closed node. */
    List<Listing> known();

    /**
     * The only share that is listed under a name with all these words, or whose hash begins with the only word (at least six digits): browses.
     * The target has the nodes that list it as peers, and the secret of a share that is for some alone. Fails with kind USAGE if there are
     * several such shares, which it names, or none.
     */
    CompletableFuture<FetchTarget> find(List<String> words);

    /** The shares among which {@link #find} looks for the only one. Fails with kind USAGE if there is none. */
    CompletableFuture<Matches> matches(List<String> words);

    /**
     * Which entries to look for.
     *
     * @param words all of which a name must contain, in any case; none for all entries. If the first is a contact's name, a group's, a node id,
     *     or the beginning (at least six digits) or short form of one that would be asked, only those nodes are asked, and the others are the words
     */
    record Browse(List<String> words) {
        public Browse {
            words = List.copyOf(words);
        }
    }

    /** Entries of one node, as they arrive. */
    record Heard(List<Listing> entries) {
        public Heard {
            entries = List.copyOf(entries);
        }
    }

    /**
     * An entry of a node's catalogue.
     *
     * @param from the node that lists it
     * @param who your name for that node; null if it has none
     * @param name as that node says; never trusted as a path or printed as it is
     * @param size in bytes
     * @param folder whether it is a folder
     * @param files how many files it has
     * @param sinceMillis since when it is listed, by that node's clock
     * @param restricted whether it is for some alone, this node among them
     */
    record Listing(
            NodeId from,
            @Nullable String who,
            Key hash,
            String name,
            long size,
            boolean folder,
            int files,
            long sinceMillis,
            boolean restricted) {}

    /**
     * Shares that words may mean.
     *
     * @param first at least one and at most {@link #MATCHES_MAX}: those that contacts list, and then others, each as they were found
     * @param count how many there are; {@link #MATCHES_COUNTED_MAX} stands for more, too
     */
    record Matches(List<Match> first, int count) {
        public Matches {
            first = List.copyOf(first);
        }
    }

    /**
     * A share that words may mean.
     *
     * @param target its name and size as {@code who} says, the nodes that list it as peers, and its secret, if a contact lists it
     * @param who a node that lists it, a contact if one does: your name for it, or the short form of its id
     * @param nodes how many nodes list it
     */
    record Match(FetchTarget target, String who, int nodes) {}

    /**
     * How browsing ended.
     *
     * @param asked nodes that were asked
     * @param answered nodes that answered
     * @param cutOff nodes among them of whose catalogue only a part was read or told: it is too large or none, or too much was found
     * @param entries that were found
     */
    record Browsed(int asked, int answered, int cutOff, int entries, long millis) {}
}
