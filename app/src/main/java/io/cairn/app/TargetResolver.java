package io.cairn.app;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.InvalidLinkException;
import io.cairn.transfer.content.MagnetLink;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds what a user names: a hash, a link, a prefix of a hash known here, or a name known here. */
final class TargetResolver {
    /** Fewest digits of a prefix: fewer would soon be ambiguous. */
    static final int PREFIX_DIGITS_MIN = 6;

    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{40}");
    private static final Pattern PREFIX = Pattern.compile("[0-9a-fA-F]{" + PREFIX_DIGITS_MIN + ",39}");

    private TargetResolver() {}

    /**
     * @param known names of the shares and fetches of this node, by hash
     */
    static FetchTarget resolve(String text, Map<Key, String> known) throws CairnException {
        if (MagnetLink.looksLikeOne(text)) {
            try {
                MagnetLink link = MagnetLink.parse(text);
                return new FetchTarget(link.hash(), link.name(), link.size(), link.peers());
            } catch (InvalidLinkException invalid) {
                throw usage("not a usable magnet link: " + text, String.valueOf(invalid.getMessage()));
            }
        }
        if (HASH.matcher(text).matches()) {
            return named(Key.fromHex(text), known);
        }
        List<Key> matches = known.entrySet().stream()
                .filter(entry -> entry.getValue().equals(text)
                        || PREFIX.matcher(text).matches()
                                && entry.getKey().toHex().startsWith(text.toLowerCase(Locale.ROOT)))
                .map(Map.Entry::getKey)
                .toList();
        if (matches.size() == 1) {
            return named(matches.get(0), known);
        }
        throw matches.isEmpty()
                ? usage(
                        "not a hash or link: " + text,
                        "a hash has 40 hexadecimal digits, a link starts with magnet:, and nothing shared or fetched here starts"
                                + " with or is called that")
                : usage("ambiguous: " + text, matches.size() + " shares or fetches match");
    }

    /** Whether a text says all by itself, so that what is known here adds no more than a name. */
    static boolean isWhole(String text) {
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
