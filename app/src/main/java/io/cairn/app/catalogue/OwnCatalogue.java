package io.cairn.app.catalogue;

import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.protocol.catalogue.CatalogueDifference;
import io.cairn.transfer.protocol.catalogue.CatalogueLimits;
import io.cairn.transfer.protocol.catalogue.CatalogueState;
import io.cairn.transfer.protocol.catalogue.ListedShare;
import io.cairn.transfer.protocol.catalogue.ShareTag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What this node lists, as changes in two logs: one for all askers, one for the members of restricted shares. A stranger is never told a
 * number that counts the latter. A page costs an asker's difference, never the whole catalogue; a member's also costs a pass over the
 * restricted changes. On the loop.
 */
final class OwnCatalogue {
    /** Removals that are kept. With more, the epoch ends, and each asker reads anew. */
    static final int REMOVALS_MAX = 2_000;

    private final RandomGenerator random;
    private Logs logs;

    /** @param random draws the epochs */
    OwnCatalogue(RandomGenerator random) {
        this.random = random;
        this.logs = new Logs(epoch());
    }

    /**
     * A share to list.
     *
     * @param viewers who may see it; null for everybody
     */
    record Listed(ListedShare share, @Nullable Set<NodeId> viewers) {}

    /** Lists these shares and no others. Those beyond {@link CatalogueLimits#ENTRIES_MAX} are left out. */
    void set(List<Listed> wanted) {
        Map<Key, Listed> now = new LinkedHashMap<>();
        wanted.stream()
                .limit(CatalogueLimits.ENTRIES_MAX)
                .forEach(listed -> now.put(listed.share().hash(), listed));
        boolean isChanged = false;
        for (ChangeLog log : List.of(logs.open, logs.restricted)) {
            for (Key hash : log.listed()) {
                Listed kept = now.get(hash);
                if (kept == null || logs.of(kept) != log) {
                    isChanged = true;
                    leave(log, hash, kept);
                }
            }
        }
        for (Listed listed : now.values()) {
            isChanged |= list(listed);
        }
        if (logs.open.removalCount() + logs.restricted.removalCount() > REMOVALS_MAX) {
            logs = new Logs(epoch());
            now.values().forEach(this::list);
        }
        if (isChanged) {
            logs.members = logs.restricted.viewers();
        }
    }

    private static void leave(ChangeLog log, Key hash, @Nullable Listed kept) {
        if (kept != null && kept.viewers() == null) {
            log.forget(hash); // everybody sees it from now on
        } else {
            log.remove(hash);
        }
    }

    private boolean list(Listed listed) {
        ChangeLog log = logs.of(listed);
        Change known = log.entry(listed.share().hash());
        boolean isSame = known != null
                && listed.share().equals(known.entry())
                && Objects.equals(listed.viewers(), known.viewers());
        if (!isSame) {
            if (log == logs.open) {
                logs.restricted.forget(listed.share().hash()); // a removal there would come after the entry
            }
            log.list(listed.share(), listed.viewers());
        }
        return !isSame;
    }

    /** How many shares are listed, for whomever. */
    int size() {
        return logs.open.entryCount() + logs.restricted.entryCount();
    }

    /** The first page of the changes that an asker does not know. */
    CatalogueDifference page(NodeId asker, CatalogueState known) {
        boolean isAnew = known.epoch() != logs.epoch
                || known.open() > logs.open.last()
                || known.restricted() > logs.restricted.last();
        Page page = new Page(asker);
        long open = page.fill(logs.open, isAnew ? 0 : known.open());
        boolean isMember = logs.members.contains(asker);
        long seen = isAnew || !isMember ? 0 : known.restricted();
        long restricted = isMember ? page.fill(logs.restricted, seen) : seen;
        return new CatalogueDifference(
                isAnew,
                new CatalogueState(logs.epoch, open, restricted),
                page.isFull,
                page.removed.stream().map(ShareTag::of).toList(),
                page.entries);
    }

    private long epoch() {
        long drawn = random.nextLong();
        return drawn == 0 ? 1 : drawn;
    }

    /** The logs of one epoch. */
    private static final class Logs {
        private final long epoch;
        private final ChangeLog open = new ChangeLog();
        private final ChangeLog restricted = new ChangeLog();
        private Set<NodeId> members = Set.of();

        Logs(long epoch) {
            this.epoch = epoch;
        }

        ChangeLog of(Listed listed) {
            return listed.viewers() == null ? open : restricted;
        }
    }

    private static final class Page {
        private final NodeId asker;
        private final List<ListedShare> entries = new ArrayList<>();
        private final List<Key> removed = new ArrayList<>();
        private int room = CatalogueLimits.PAGE_BYTES_MAX - CatalogueLimits.PAGE_HEAD_BYTES;
        private boolean isFull;

        Page(NodeId asker) {
            this.asker = asker;
        }

        /** Adds the visible changes after one while there is room; returns the last that is dealt with. */
        long fill(ChangeLog log, long after) {
            long dealt = after;
            if (isFull) {
                return dealt;
            }
            for (Map.Entry<Long, Change> numbered : log.after(after).entrySet()) {
                Change change = numbered.getValue();
                if (change.isVisibleTo(asker)) {
                    if (change.bytes() > room) {
                        isFull = true;
                        return dealt;
                    }
                    room -= change.bytes();
                    add(change);
                }
                dealt = numbered.getKey();
            }
            return log.last();
        }

        private void add(Change change) {
            ListedShare entry = change.entry();
            if (entry == null) {
                removed.add(change.hash());
            } else {
                entries.add(entry);
            }
        }
    }
}
