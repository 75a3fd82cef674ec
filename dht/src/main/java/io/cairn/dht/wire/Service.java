package io.cairn.dht.wire;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A service that a node offers, found by what it can do.
 *
 * @param id names it among the services of its publisher: 1 to {@link #TEXT_BYTES_MAX} bytes of UTF-8
 * @param capabilities what it can do, normalised and without repetition: 1 to {@link #CAPABILITIES_MAX}
 * @param endpoint where programs reach it, as a URL; not interpreted
 * @param metadata anything else, sorted by key
 */
public record Service(String id, List<String> capabilities, String endpoint, Map<String, String> metadata) {
    /** Longest id, capability or key of metadata, in bytes of UTF-8. */
    public static final int TEXT_BYTES_MAX = 64;

    /** Longest endpoint or metadata value, in bytes of UTF-8. */
    public static final int ENDPOINT_BYTES_MAX = 255;

    /** Most capabilities of one service: each is published under keys of its own. */
    public static final int CAPABILITIES_MAX = 8;

    /** Most entries of metadata. */
    public static final int METADATA_MAX = 16;

    private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    /**
     * @throws IllegalArgumentException if a part is missing, too long, or holds control characters
     */
    public Service {
        check("id", id, TEXT_BYTES_MAX);
        check("endpoint", endpoint, ENDPOINT_BYTES_MAX);
        if (endpoint.codePoints().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("the endpoint contains white space");
        }
        Set<String> distinct = new LinkedHashSet<>();
        capabilities.forEach(capability -> distinct.add(normalised(capability)));
        capabilities = List.copyOf(distinct);
        if (capabilities.isEmpty() || capabilities.size() > CAPABILITIES_MAX) {
            throw new IllegalArgumentException(
                    "a service has 1 to " + CAPABILITIES_MAX + " capabilities, not " + capabilities.size());
        }
        if (metadata.size() > METADATA_MAX) {
            throw new IllegalArgumentException(
                    "a service has at most " + METADATA_MAX + " entries of metadata, not " + metadata.size());
        }
        metadata.forEach((key, value) -> {
            check("a key of the metadata", key, TEXT_BYTES_MAX);
            if (!value.isEmpty()) {
                check("the metadata " + key, value, ENDPOINT_BYTES_MAX);
            }
        });
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    }

    /**
     * A capability as it is compared and published: in Unicode form NFKC and lower case, without white space at the ends and with one space
     * for each run of it inside. Lower case may compose differently, so the form is applied again; a normalised text stays as it is.
     *
     * @throws IllegalArgumentException if it is empty, too long, or holds control characters
     */
    public static String normalised(String capability) {
        String lower = Normalizer.normalize(capability, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        String normal = SPACE.matcher(Normalizer.normalize(lower, Normalizer.Form.NFKC))
                .replaceAll(" ")
                .strip();
        check("a capability", normal, TEXT_BYTES_MAX);
        return normal;
    }

    private static void check(String what, String text, int bytesMax) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(what + " is empty");
        }
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > bytesMax) {
            throw new IllegalArgumentException(
                    what + " has " + bytes + " bytes in UTF-8; at most " + bytesMax + " fit");
        }
        if (text.codePoints().anyMatch(Service::isUnreadable)) {
            throw new IllegalArgumentException(what + " contains a control character or half of a surrogate pair");
        }
    }

    private static boolean isUnreadable(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }
}
