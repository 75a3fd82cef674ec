package io.cairn.app.catalogue;

import io.cairn.app.CairnException;
import io.cairn.app.Catalogue;
import io.cairn.app.Catalogue.Browsed;
import io.cairn.app.Catalogue.Matches;
import io.cairn.app.FetchTarget;
import io.cairn.app.Reason;
import io.cairn.app.work.TargetResolver;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.ShareSecret;
import io.cairn.transfer.protocol.catalogue.ListedShare;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The shares that words may mean, by hash: one share that several nodes list is one. On the loop. */
final class ListedMatches {
    /** Shares that are kept: the second half only of contacts, so that strangers who list many do not keep them out. */
    private static final int KEPT_MAX = 2 * Catalogue.MATCHES_COUNTED_MAX;

    /** Addresses of nodes that list a share which its fetch gets as hints. */
    static final int HINTS_MAX = 16;

    private static final Pattern BEGINNING = Pattern.compile("[0-9a-fA-F]{6,39}");

    private final NameWords words;
    private final String text;
    private final Map<Key, Collected> matches = new LinkedHashMap<>();

    ListedMatches(List<String> words) {
        this.words = new NameWords(words);
        this.text = String.join(" ", words);
    }

    /**
     * Adds an entry if it matches.
     *
     * @param name your name for the node that lists it, whose secret is then believed; null if it has none
     */
    void add(ListedShare entry, NodeId node, @Nullable String name, @Nullable Endpoint at) {
        boolean isMeant = words.areIn(entry.name()) || isBeginningOf(entry.hash());
        int keptMax = name == null ? Catalogue.MATCHES_COUNTED_MAX : KEPT_MAX;
        if (isMeant && (matches.containsKey(entry.hash()) || matches.size() < keptMax)) {
            matches.computeIfAbsent(entry.hash(), hash -> new Collected(entry)).add(entry, node, name, at);
        }
    }

    private boolean isBeginningOf(Key hash) {
        return BEGINNING.matcher(text).matches() && hash.toHex().startsWith(text.toLowerCase(Locale.ROOT));
    }

    /** The shares that are meant, those that contacts list first: anybody can list many of a name. */
    Matches found(Browsed browsed) throws CairnException {
        if (matches.isEmpty()) {
            throw none(browsed);
        }
        List<Catalogue.Match> first = matches.values().stream()
                .sorted(Comparator.comparing(match -> !match.isContacts))
                .limit(Catalogue.MATCHES_MAX)
                .map(Collected::found)
                .toList();
        return new Matches(first, Math.min(matches.size(), Catalogue.MATCHES_COUNTED_MAX));
    }

    /** The only share that is meant. A name that is just these words does not count for more: anybody can list one. */
    static FetchTarget only(List<String> words, Matches matches) throws CairnException {
        if (matches.count() == 1) {
            return matches.first().get(0).target();
        }
        throw several(words, matches);
    }

    private CairnException none(Browsed browsed) {
        String why = browsed.answered() == 0
                ? "it is no hash, link, torrent file or name here, and no node that may list it answered"
                : "it is no hash, link, torrent file or name here, and "
                        + (browsed.answered() == 1
                                ? "the one node that answered lists none"
                                : "none of the " + browsed.answered() + " nodes that answered lists one")
                        + " with such a name";
        return new CairnException(
                CairnException.Kind.USAGE,
                "not a hash or link: " + text,
                why,
                "copy the whole hash or link that the sharing machine printed, or see what is listed with browse");
    }

    /** The failure that names the shares to choose among. */
    static CairnException several(List<String> words, Matches matches) {
        String named = matches.first().stream().map(ListedMatches::named).collect(Collectors.joining("; "));
        int more = matches.count() - matches.first().size();
        return new CairnException(
                CairnException.Kind.USAGE,
                "ambiguous: " + String.join(" ", words),
                (matches.count() < Catalogue.MATCHES_COUNTED_MAX ? "" : "at least ") + matches.count()
                        + " listed shares have such a name",
                Reason.SEE_NEXT
                        .says("give one of the hashes: " + named + (more > 0 ? "; and " + more + " more" : ""))
                        .and(
                                TargetResolver.CANDIDATES,
                                matches.first().stream()
                                        .map(match -> match.target().hash().toHex())
                                        .collect(Collectors.joining(" ")))
                        .and(TargetResolver.CANDIDATE_COUNT, matches.count()));
    }

    private static String named(Catalogue.Match match) {
        return match.target().hash() + " (" + match.target().name() + ", of " + match.who()
                + (match.nodes() > 1 ? " and " + (match.nodes() - 1) + " more" : "") + ")";
    }

    private static final class Collected {
        private ListedShare entry;
        private final Set<NodeId> nodes = new LinkedHashSet<>();
        private final Set<Endpoint> at = new LinkedHashSet<>();
        private String who = "";
        private boolean isContacts;
        private @Nullable ShareSecret secret;

        Collected(ListedShare entry) {
            this.entry = entry;
        }

        /** The name and size are those of the node that is shown: a stranger's are not put into a contact's mouth. */
        void add(ListedShare listed, NodeId node, @Nullable String name, @Nullable Endpoint address) {
            boolean isFirstContact = name != null && !isContacts;
            if (nodes.isEmpty() || isFirstContact) {
                entry = listed;
                who = name == null ? node.toShortString() : name;
            }
            nodes.add(node);
            isContacts |= name != null;
            if (address != null && at.size() < HINTS_MAX) {
                at.add(address);
            }
            if (secret == null && name != null) {
                secret = listed.secret();
            }
        }

        Catalogue.Match found() {
            return new Catalogue.Match(
                    new FetchTarget(entry.hash(), entry.name(), entry.size(), List.copyOf(at), secret),
                    who,
                    nodes.size());
        }
    }
}
