package io.cairn.transfer.content.link;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ShareSecret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A magnet link (BEP 9): a share's hash and optional hints.
 *
 * @param hash the infohash
 * @param name the display name, empty if the link has none; never used as a path
 * @param size in bytes, -1 if the link has none
 * @param peers possible providers, at most {@value #PEERS_MAX}
 * @param secret of a share that is for some alone, in the parameter {@code x.cs}; null if the link has none
 */
public record MagnetLink(
        Key hash,
        String name,
        long size,
        List<Endpoint> peers,
        @Nullable ShareSecret secret) {
    /** Most addresses in one link. */
    public static final int PEERS_MAX = 32;

    /** Longest link in characters. */
    public static final int LENGTH_MAX = 16_384;

    public MagnetLink {
        peers = List.copyOf(peers);
        if (peers.size() > PEERS_MAX) {
            throw new IllegalArgumentException("a link has at most " + PEERS_MAX + " peers, not " + peers.size());
        }
    }

    /** A link to an open share. */
    public MagnetLink(Key hash, String name, long size, List<Endpoint> peers) {
        this(hash, name, size, peers, null);
    }

    /** Whether the text starts like a magnet link. */
    public static boolean looksLikeOne(String text) {
        return text.regionMatches(true, 0, "magnet:", 0, 7);
    }

    /**
     * Reads a link. The hash may be hexadecimal or base 32, in either case. Unknown or invalid parameters are ignored, as are
     * peers with a host name instead of an address; of repeated parameters the first valid one counts.
     *
     * @throws InvalidLinkException if it is not a magnet link, or has no infohash, a malformed one, or two different ones
     */
    public static MagnetLink parse(String text) throws InvalidLinkException {
        return new MagnetLinkParser().parse(text);
    }

    /**
     * The link, with the hash, the secret and the addresses first: they are all that a fetch needs if the link gets truncated. Everything but
     * the unreserved characters of RFC 3986 is percent-encoded.
     */
    @Override
    public String toString() {
        StringBuilder link = new StringBuilder("magnet:?xt=urn:btih:").append(hash.toHex());
        if (secret != null) {
            link.append("&x.cs=").append(secret.toText());
        }
        for (Endpoint peer : peers) {
            link.append("&x.pe=").append(peer);
        }
        if (!name.isEmpty()) {
            link.append("&dn=").append(PercentEncoding.encode(name));
        }
        if (size >= 0) {
            link.append("&xl=").append(size);
        }
        return link.toString();
    }
}
