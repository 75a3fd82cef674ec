package io.cairn.app.catalogue;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.transfer.protocol.catalogue.CatalogueDifference;
import io.cairn.transfer.protocol.catalogue.CatalogueLimits;
import io.cairn.transfer.protocol.catalogue.CatalogueState;
import io.cairn.transfer.protocol.catalogue.ListedShare;
import io.cairn.transfer.protocol.catalogue.ShareTag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of another node's catalogue: at most {@link CatalogueLimits#ENTRIES_MAX} entries, whatever it sends. On the loop. */
final class KnownCatalogue {
    /** Memory that an entry takes without its name, in bytes: objects, hash and the tables. */
    private static final int ENTRY_BYTES = 320;

    private final Map<Key, ListedShare> entries = new LinkedHashMap<>();
    private final Map<ShareTag, Key> tags = new HashMap<>();
    private CatalogueState state = CatalogueState.NONE;
    private @Nullable Endpoint at;
    private long bytes;

    CatalogueState state() {
        return state;
    }

    /** Where the node was reached last. */
    @Nullable
    Endpoint at() {
        return at;
    }

    void reachedAt(Endpoint endpoint) {
        at = endpoint;
    }

    Collection<ListedShare> entries() {
        return entries.values();
    }

    @Nullable
    ListedShare entry(Key hash) {
        return entries.get(hash);
    }

    /** Memory that it takes, about. */
    long bytes() {
        return bytes;
    }

    /** Takes over a page; returns its entries without those that are too many. */
    List<ListedShare> apply(CatalogueDifference page) {
        if (page.anew()) {
            entries.clear();
            tags.clear();
            bytes = 0;
        }
        page.removed().forEach(tag -> remove(tags.get(tag)));
        List<ListedShare> taken = new ArrayList<>();
        for (ListedShare entry : page.entries()) {
            remove(entry.hash());
            if (entries.size() < CatalogueLimits.ENTRIES_MAX) {
                entries.put(entry.hash(), entry);
                tags.put(ShareTag.of(entry.hash()), entry.hash());
                bytes += bytes(entry);
                taken.add(entry);
            }
        }
        state = page.state();
        return taken;
    }

    private void remove(@Nullable Key hash) {
        ListedShare former = hash == null ? null : entries.remove(hash);
        if (former != null) {
            tags.remove(ShareTag.of(former.hash()));
            bytes -= bytes(former);
        }
    }

    private static long bytes(ListedShare entry) {
        return ENTRY_BYTES + 2L * entry.name().length();
    }
}
