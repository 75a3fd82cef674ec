package io.cairn.app.catalogue;

import io.cairn.app.CairnException;
import io.cairn.app.Catalogue.Browsed;
import io.cairn.app.FetchTarget;
import io.cairn.app.Reason;
import io.cairn.app.work.TargetResolver;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.ShareSecret;
import io.cairn.transfer.protocol.catalogue.ListedShare;
import java.util.ArrayList;
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
    /** Shares that are kept to choose among; more are only counted as too many. */
    private static final int KEPT_MAX = 256;

    /** Shares that a failure names. */
    private static final int NAMED_MAX = 8;

    /** Addresses of nodes that list a share which its fetch gets as hints. */
    static final int HINTS_MAX = 16;

    private static final Pattern BEGINNING = Pattern.compile("[0-9a-fA-F]{6,39}");

    private final NameWords words;
    private final String text;
    private final Map<Key, Match> matches = new LinkedHashMap<>();

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
        if (isMeant && (matches.containsKey(entry.hash()) || matches.size() < KEPT_MAX)) {
            Match match = matches.computeIfAbsent(entry.hash(), hash -> new Match(entry));
            match.who.add(name == null ? node.toShortString() : name);
            if (at != null && match.at.size() < HINTS_MAX) {
                match.at.add(at);
            }
            if (match.secret == null && name != null) {
                match.secret = entry.secret();
            }
        }
    }

    private boolean isBeginningOf(Key hash) {
        return BEGINNING.matcher(text).matches() && hash.toHex().startsWith(text.toLowerCase(Locale.ROOT));
    }

    /** The only share that is meant. A name that is just these words does not count for more: anybody can list one. */
    FetchTarget only(Browsed browsed) throws CairnException {
        List<Match> meant = new ArrayList<>(matches.values());
        if (meant.size() == 1) {
            return meant.get(0).target();
        }
        throw meant.isEmpty() ? none(browsed) : several(meant);
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

    private CairnException several(List<Match> meant) {
        String named = meant.stream().limit(NAMED_MAX).map(Match::named).collect(Collectors.joining("; "));
        int more = meant.size() - NAMED_MAX;
        return new CairnException(
                CairnException.Kind.USAGE,
                "ambiguous: " + text,
                (meant.size() < KEPT_MAX ? "" : "at least ") + meant.size() + " listed shares have such a name",
                Reason.SEE_NEXT
                        .says("give one of the hashes: " + named + (more > 0 ? "; and " + more + " more" : ""))
                        .and(
                                TargetResolver.CANDIDATES,
                                meant.stream()
                                        .limit(NAMED_MAX)
                                        .map(match -> match.entry.hash().toHex())
                                        .collect(Collectors.joining(" "))));
    }

    private static final class Match {
        private final ListedShare entry;
        private final Set<String> who = new LinkedHashSet<>();
        private final Set<Endpoint> at = new LinkedHashSet<>();
        private @Nullable ShareSecret secret;

        Match(ListedShare entry) {
            this.entry = entry;
        }

        FetchTarget target() {
            return new FetchTarget(entry.hash(), entry.name(), entry.size(), List.copyOf(at), secret);
        }

        String named() {
            return entry.hash() + " (" + entry.name() + ", of " + who.iterator().next()
                    + (who.size() > 1 ? " and " + (who.size() - 1) + " more" : "") + ")";
        }
    }
}
