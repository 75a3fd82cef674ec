package io.cairn.transfer.content.link;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ShareSecret;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.codec.binary.Base32;
import org.jspecify.annotations.Nullable;

/** Reads one magnet link, parameter by parameter. */
final class MagnetLinkParser {
    private static final String INFOHASH = "urn:btih:";

    private final Set<Endpoint> peers = new LinkedHashSet<>();
    private @Nullable Key hash;
    private String name = "";
    private long size = -1;
    private @Nullable ShareSecret secret;

    MagnetLink parse(String text) throws InvalidLinkException {
        String link = text.strip();
        if (!MagnetLink.looksLikeOne(link) || link.length() < 8 || link.charAt(7) != '?') {
            throw new InvalidLinkException("it does not start with magnet:?");
        }
        if (link.length() > MagnetLink.LENGTH_MAX) {
            throw new InvalidLinkException("it is longer than " + MagnetLink.LENGTH_MAX + " characters");
        }
        for (String parameter : link.substring(8).split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                accept(
                        parameter.substring(0, equals).toLowerCase(Locale.ROOT),
                        PercentEncoding.decode(parameter.substring(equals + 1)));
            }
        }
        if (hash == null) {
            throw new InvalidLinkException("it has no xt=urn:btih: parameter with a hash");
        }
        return new MagnetLink(hash, name, size, List.copyOf(peers), secret);
    }

    private void accept(String key, String value) throws InvalidLinkException {
        if (key.equals("xt") || key.startsWith("xt.")) {
            acceptTopic(value);
        } else if (key.equals("dn") && name.isEmpty()) {
            name = value;
        } else if (key.equals("xl") && size < 0 && value.matches("[0-9]{1,18}")) {
            size = Long.parseLong(value);
        } else if (key.equals("x.pe") && peers.size() < MagnetLink.PEERS_MAX) {
            acceptPeer(value);
        } else if (key.equals("x.cs") && secret == null) {
            secret = secret(value);
        }
    }

    private static @Nullable ShareSecret secret(String text) {
        try {
            return ShareSecret.fromText(text);
        } catch (IllegalArgumentException nonsense) {
            return null; // as other invalid parameters; not repeated in an error, since it may be almost right
        }
    }

    private void acceptTopic(String topic) throws InvalidLinkException {
        if (!topic.regionMatches(true, 0, INFOHASH, 0, INFOHASH.length())) {
            return;
        }
        Key found = infohash(topic.substring(INFOHASH.length()));
        if (hash != null && !hash.equals(found)) {
            throw new InvalidLinkException("it names two different hashes");
        }
        hash = found;
    }

    private static Key infohash(String text) throws InvalidLinkException {
        if (text.matches("[0-9a-fA-F]{40}")) {
            return Key.fromHex(text);
        }
        if (text.matches("[a-zA-Z2-7]{32}")) {
            return Key.of(new Base32().decode(text.toUpperCase(Locale.ROOT)));
        }
        throw new InvalidLinkException(
                "its hash is neither 40 hexadecimal digits nor 32 characters of base 32: '" + text + "'");
    }

    private void acceptPeer(String text) {
        Endpoint peer = numericEndpoint(text);
        if (peer != null) {
            peers.add(peer);
        }
    }

    private static @Nullable Endpoint numericEndpoint(String text) {
        try {
            return Endpoint.parse(text);
        } catch (IllegalArgumentException nameOrNonsense) {
            return null; // an unusable hint
        }
    }
}
