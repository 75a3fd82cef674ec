package io.cairn.app;

import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What other nodes list for this one. Thread-safe. Futures fail with a {@link CairnException}. */
public interface Catalogue {
    /**
     * Asks nodes what they list for this one: those of the local network, contacts, and peers with a session. The events are entries as they
     * arrive, each once; the result counts them.
     */
    Operation<Listing, Browsed> browse(Browse what);

    /**
     * Which entries to look for.
     *
     * @param from the only node to ask; null for all
     * @param words all of which a name must contain, in any case; none for all entries
     */
    record Browse(@Nullable NodeId from, List<String> words) {
        public Browse {
            words = List.copyOf(words);
        }
    }

    /**
     * An entry of a node's catalogue.
     *
     * @param from the node that lists it
     * @param who your name for that node; null if it has none
     * @param name as that node says; never trusted as a path or printed as it is
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
     * How browsing ended.
     *
     * @param asked nodes that were asked
     * @param answered nodes that answered
     * @param entries that were found
     */
    record Browsed(int asked, int answered, int entries) {}
}
