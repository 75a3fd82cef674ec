package io.cairn.app.work;

import io.cairn.app.CairnException;
import io.cairn.app.FetchTarget;
import io.cairn.app.Reason;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.link.InvalidLinkException;
import io.cairn.transfer.content.link.MagnetLink;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Resolves what the user names: a hash, a link, a prefix of a known hash, or a known name. */
public final class TargetResolver {
    /** Fewest digits of a prefix: fewer would soon be ambiguous. */
    static final int PREFIX_DIGITS_MIN = 6;

    /** The fact of a failure that names the hashes to choose among, with spaces between them. */
    public static final String CANDIDATES = "candidates";

    /** The fact beside it: how many there are. */
    public static final String CANDIDATE_COUNT = "candidateCount";

    private static final int NAMED_MAX = 4;
    private static final int CANDIDATES_MAX = 8;
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{40}");
    private static final Pattern PREFIX = Pattern.compile("[0-9a-fA-F]{" + PREFIX_DIGITS_MIN + ",39}");

    private TargetResolver() {}

    /**
     * Resolves a text. A whole hash or link always means itself, since a stranger may have given a share that name; an existing name
     * takes precedence over a prefix.
     *
     * @param known the names of this node's shares and fetches, by hash
     */
    public static FetchTarget resolve(String text, Map<Key, String> known) throws CairnException {
        if (MagnetLink.looksLikeOne(text)) {
            try {
                MagnetLink link = MagnetLink.parse(text);
                return new FetchTarget(link.hash(), link.name(), link.size(), link.peers(), link.secret());
            } catch (InvalidLinkException invalid) {
                throw usage("not a usable magnet link: " + text, String.valueOf(invalid.getMessage()));
            }
        }
        if (HASH.matcher(text).matches()) {
            return named(Key.fromHex(text), known);
        }
        List<Key> named =
                matching(known, entry -> !text.isEmpty() && entry.getValue().equals(text)); // no name is known at first
        List<Key> matches = !named.isEmpty() || !PREFIX.matcher(text).matches()
                ? named
                : matching(known, entry -> entry.getKey().toHex().startsWith(text.toLowerCase(Locale.ROOT)));
        if (matches.size() == 1) {
            return named(matches.get(0), known);
        }
        throw matches.isEmpty()
                ? usage(
                        "not a hash or link: " + text,
                        "a hash has 40 hexadecimal digits, a link starts with magnet:, and no share or fetch here has that"
                                + " name or prefix")
                : ambiguous(text, matches);
    }

    private static List<Key> matching(Map<Key, String> known, Predicate<Map.Entry<Key, String>> which) {
        return known.entrySet().stream().filter(which).map(Map.Entry::getKey).toList();
    }

    private static CairnException ambiguous(String text, List<Key> matches) {
        return new CairnException(
                CairnException.Kind.USAGE,
                "ambiguous: " + text,
                matches.size() + " shares or fetches match",
                Reason.SEE_NEXT
                        .says("give one of the hashes: " + hashes(matches, NAMED_MAX, ", "))
                        .and(CANDIDATES, hashes(matches, CANDIDATES_MAX, " "))
                        .and(CANDIDATE_COUNT, matches.size()));
    }

    private static String hashes(List<Key> matches, int most, String separator) {
        return matches.stream().limit(most).map(Key::toHex).collect(Collectors.joining(separator));
    }

    /** Whether a text is complete in itself, so that local knowledge adds at most a name. */
    public static boolean isWhole(String text) {
        return MagnetLink.looksLikeOne(text) || HASH.matcher(text).matches();
    }

    private static FetchTarget named(Key hash, Map<Key, String> known) {
        return new FetchTarget(hash, known.getOrDefault(hash, ""), -1, List.of());
    }

    private static CairnException usage(String what, String why) {
        return new CairnException(
                CairnException.Kind.USAGE, what, why, "copy the whole hash or link that the sharing machine printed");
    }
}
