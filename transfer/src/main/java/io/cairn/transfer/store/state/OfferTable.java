package io.cairn.transfer.store.state;

import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.ShareSecret;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** To whom this node's shares are listed and served, and the secrets of shares that are not for everyone. A share without a row is open and not listed. */
public final class OfferTable {
    private static final String MEMBER_SEPARATOR = " ";

    private final Sqlite sqlite;

    OfferTable(Sqlite sqlite) {
        this.sqlite = sqlite;
    }

    /** Where a share's secret is from. */
    public enum Origin {
        /** This node drew it, and decides who gets it. */
        OWN,
        /** Another node, or a link, told it. */
        TOLD,
        /** A node that is no contact told it, and no peer has proven it yet: it may be made up. */
        TRIED,
        /** Another node told one, and gives this node none any more: this one is of this node, which has given it to nobody. */
        DENIED;

        private String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One share's row.
     *
     * @param listed whether it is in this node's catalogue
     * @param listedMillis since when; 0 if it is not
     * @param secret null if the share is open
     * @param members ids of nodes and names of groups that get the secret, none with white space
     * @param removed nodes that got it, and are not to have the share any more
     * @param named nodes that get it and were contacts when this was stored: one that is none by now has lost it
     * @param owner the node that drew the secret and told it; null for this node, and if it came without its owner, as in a link
     */
    public record StoredOffer(
            Key hash,
            boolean listed,
            long listedMillis,
            Origin origin,
            @Nullable ShareSecret secret,
            List<String> members,
            List<NodeId> removed,
            Set<NodeId> named,
            @Nullable NodeId owner) {
        public StoredOffer {
            members = List.copyOf(members);
            removed = List.copyOf(removed);
            named = Set.copyOf(named);
        }

        /** Whether this node decides for whom the share is. */
        public boolean isOwn() {
            return origin == Origin.OWN;
        }
    }

    /** Adds or replaces a share's row. */
    public void put(StoredOffer offer) throws IOException {
        ShareSecret secret = offer.secret();
        NodeId owner = offer.owner();
        sqlite.update(
                "INSERT OR REPLACE INTO offer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                offer.hash().toHex(),
                offer.listed() ? 1 : 0,
                offer.listedMillis(),
                offer.origin().text(),
                secret == null ? "" : secret.toText(),
                String.join(MEMBER_SEPARATOR, offer.members()),
                owner == null ? "" : owner.toHex(),
                text(offer.removed()),
                text(offer.named()));
    }

    /** Removes a share's row, if there is one. */
    public void remove(Key hash) throws IOException {
        sqlite.update("DELETE FROM offer WHERE hash = ?", hash.toHex());
    }

    /** All rows, in the order they were added. A database that an older version wrote and nobody has upgraded has none, or none with an owner. */
    public List<StoredOffer> all() throws IOException {
        List<String> columns = sqlite.query("SELECT name FROM pragma_table_info('offer')", row -> row.getString(1));
        if (columns.isEmpty()) {
            return List.of();
        }
        String renewal = columns.contains("owner") ? "owner, removed, named" : "'', '', ''";
        return sqlite.query(
                "SELECT hash, listed, listed_millis, origin, secret, members, " + renewal
                        + " FROM offer ORDER BY rowid",
                row -> new StoredOffer(
                        Key.fromHex(row.getString(1)),
                        row.getInt(2) != 0,
                        row.getLong(3),
                        Origin.valueOf(row.getString(4).toUpperCase(Locale.ROOT)),
                        row.getString(5).isEmpty() ? null : ShareSecret.fromText(row.getString(5)),
                        words(row.getString(6)),
                        words(row.getString(8)).stream().map(NodeId::fromHex).toList(),
                        words(row.getString(9)).stream().map(NodeId::fromHex).collect(Collectors.toSet()),
                        row.getString(7).isEmpty() ? null : NodeId.fromHex(row.getString(7))));
    }

    private static String text(Collection<NodeId> nodes) {
        return nodes.stream().map(NodeId::toHex).collect(Collectors.joining(MEMBER_SEPARATOR));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(MEMBER_SEPARATOR));
    }
}
