package io.cairn.app.catalogue;

import io.cairn.dht.id.NodeId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The catalogues of other nodes, as they were read last. In bounded memory: the one that was read longest ago is forgotten first. On the loop. */
final class KnownCatalogues {
    /** Memory of all catalogues together, in bytes: those of twenty nodes with three thousand shares each. */
    static final long BYTES_MAX = 24L << 20;

    /** Most nodes whose catalogue is kept, also if it is empty. */
    static final int NODES_MAX = 2_048;

    private final Map<NodeId, KnownCatalogue> catalogues = new LinkedHashMap<>(16, 0.75f, true);

    /** The catalogue of a node, to be read now. */
    KnownCatalogue of(NodeId node) {
        return catalogues.computeIfAbsent(node, id -> new KnownCatalogue());
    }

    /** The catalogue of a node; null if it is not known. */
    @Nullable
    KnownCatalogue find(NodeId node) {
        return catalogues.get(node);
    }

    /** The catalogues, the one that was read last at the end. */
    List<Map.Entry<NodeId, KnownCatalogue>> all() {
        return new ArrayList<>(catalogues.entrySet());
    }

    /** Forgets catalogues until the others fit, but not the one that has just been read. */
    void fit(NodeId read) {
        long bytes = bytes();
        Iterator<Map.Entry<NodeId, KnownCatalogue>> oldest =
                List.copyOf(catalogues.entrySet()).iterator();
        while ((bytes > BYTES_MAX || catalogues.size() > NODES_MAX) && oldest.hasNext()) {
            Map.Entry<NodeId, KnownCatalogue> next = oldest.next();
            if (!next.getKey().equals(read)) {
                bytes -= next.getValue().bytes();
                catalogues.remove(next.getKey());
            }
        }
    }

    long bytes() {
        return catalogues.values().stream().mapToLong(KnownCatalogue::bytes).sum();
    }

    int entryCount() {
        int count = 0;
        for (KnownCatalogue known : catalogues.values()) {
            count += known.entries().size();
        }
        return count;
    }
}
