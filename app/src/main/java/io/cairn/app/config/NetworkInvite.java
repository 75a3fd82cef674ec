package io.cairn.app.config;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.dht.crypto.NetworkKey;
import io.cairn.transfer.content.link.PercentEncoding;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.codec.binary.Base32;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * One line that lets its reader join a private network: {@code cairn-network:NAME:KEY}. NAME is percent-encoded UTF-8; KEY is the secret of
 * 32 bytes and a checksum of 4, in base 32 (RFC 4648) without padding. It is a secret, and is printed only where it is asked for.
 */
public final class NetworkInvite {
    private static final String SCHEME = "cairn-network:";
    private static final int CHECKSUM_BYTES = 4;

    private final String network;
    private final byte[] secret;

    NetworkInvite(String network, byte[] secret) {
        this.network = network;
        this.secret = secret.clone();
    }

    /**
     * Reads an invite; white space around it does not count, nor does upper or lower case in the key.
     *
     * @throws CairnException of kind USAGE that does not repeat the text, which may hold most of a secret
     */
    public static NetworkInvite parse(String text) throws CairnException {
        String line = text.strip();
        int colon = line.lastIndexOf(':');
        if (!line.startsWith(SCHEME) || colon < SCHEME.length()) {
            throw refused("it does not have the form " + SCHEME + "NAME:KEY");
        }
        String name = PercentEncoding.decode(line.substring(SCHEME.length(), colon));
        if (!NetworkSettings.isName(name)) {
            throw refused("a network's name is 1 to " + NetworkSettings.NAME_CHARACTERS_MAX + " printable characters");
        }
        String key = line.substring(colon + 1).toUpperCase(Locale.ROOT);
        byte[] bytes = key.matches("[A-Z2-7]{58}") ? new Base32().decode(key) : new byte[0];
        if (bytes.length != NetworkKey.SECRET_BYTES + CHECKSUM_BYTES) {
            throw refused("its key is not 58 letters and digits: a part is missing, or there is more");
        }
        NetworkInvite invite = new NetworkInvite(name, Arrays.copyOf(bytes, NetworkKey.SECRET_BYTES));
        if (!Arrays.equals(invite.checked(), bytes)) {
            throw refused("its checksum is wrong: a character is another");
        }
        return invite;
    }

    public String network() {
        return network;
    }

    byte[] secret() {
        return secret.clone();
    }

    /** The line itself, with the secret. */
    public String line() {
        return SCHEME + PercentEncoding.encode(network) + ":"
                + new Base32().encodeToString(checked()).replace("=", "").toLowerCase(Locale.ROOT);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "an invite to " + network;
    }

    private byte[] checked() {
        byte[] name = ("cairn-invite-1" + network).getBytes(StandardCharsets.UTF_8);
        byte[] sum = DigestUtils.sha256(ByteBuffer.allocate(name.length + secret.length)
                .put(name)
                .put(secret)
                .array());
        return ByteBuffer.allocate(secret.length + CHECKSUM_BYTES)
                .put(secret)
                .put(sum, 0, CHECKSUM_BYTES)
                .array();
    }

    private static CairnException refused(String why) {
        return new CairnException(
                Kind.USAGE,
                "cannot use this invite",
                why,
                "copy the whole line that the other member sees, and nothing else");
    }
}
