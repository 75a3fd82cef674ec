package io.cairn.transfer.content;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import java.util.List;

/**
 * A magnet link (BEP 9): a share's hash and hints that nothing relies on.
 *
 * @param hash the infohash
 * @param name what the link calls it, empty if it says nothing; for people, never a path
 * @param size in bytes, -1 if the link says nothing
 * @param peers where it may be had, at most {@value #PEERS_MAX}
 */
public record MagnetLink(Key hash, String name, long size, List<Endpoint> peers) {
    /** Most addresses of one link. */
    public static final int PEERS_MAX = 32;

    /** Longest link in characters. */
    public static final int LENGTH_MAX = 16_384;

    public MagnetLink {
        peers = List.copyOf(peers);
        if (peers.size() > PEERS_MAX) {
            throw new IllegalArgumentException("a link has at most " + PEERS_MAX + " peers, not " + peers.size());
        }
    }

    /** Whether text wants to be a magnet link. */
    public static boolean looksLikeOne(String text) {
        return text.regionMatches(true, 0, "magnet:", 0, 7);
    }

    /**
     * Reads a link. The hash is taken in hexadecimal or base 32, either case; parameters that are unknown or make no sense are passed over, of
     * repeated ones the first that makes sense counts; peers with a host name instead of an address are passed over.
     *
     * @throws InvalidLinkException if it is no magnet link, or has no infohash, a malformed one, or two different ones
     */
    public static MagnetLink parse(String text) throws InvalidLinkException {
        return new MagnetLinkParser().parse(text);
    }

    /**
     * The link: the hash and the addresses first, which are all that a fetch needs if somebody cuts the link. Everything but
     * unreserved characters of RFC 3986 is percent-encoded.
     */
    @Override
    public String toString() {
        StringBuilder link = new StringBuilder("magnet:?xt=urn:btih:").append(hash.toHex());
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
