package io.cairn.dht.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.ProtocolDocument;
import io.cairn.dht.wire.NetworkId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Hex;
import org.junit.jupiter.api.Test;

/** The vectors of {@code docs/protocol/private.md}; keys and codes are computed here once more, with nothing of the code but the JDK's HMAC. */
class PrivateNetworksAreAsDocumentedTest {
    private static final Pattern VECTOR = Pattern.compile("\\| `([a-z ]+)` \\| `([0-9a-f]+)` \\|");
    private static final byte[] SECRET = counting(0, NetworkKey.SECRET_BYTES);
    private static final byte[] NONCE = counting(0xa0, DatagramCipher.NONCE_BYTES);

    private final NetworkKey key = NetworkKey.of(SECRET, "lab");

    @Test
    void aDatagramIsSealedAsDocumented() throws Exception {
        Map<String, String> documented = vectors();
        byte[] envelope = Hex.decodeHex(
                ProtocolDocument.vectors().getOrDefault("first-ping", Map.of()).getOrDefault("datagram", ""));
        byte[] sealed = key.datagramCipher().seal(NONCE, envelope);
        Map<String, String> computed = new LinkedHashMap<>();
        computed.put("network id", NetworkId.ofPrivate("lab").toString());
        for (String purpose : new String[] {"datagram code", "datagram seal", "connection greeting", "hello"}) {
            computed.put(purpose + " key", Hex.encodeHexString(hkdf(purpose)));
        }
        computed.put("sealed datagram", Hex.encodeHexString(sealed));
        documented.keySet().retainAll(computed.keySet());
        assertThat(documented).isEqualTo(computed);
        assertThat(key.datagramCipher().open(sealed)).isEqualTo(envelope);
    }

    @Test
    void theKeysAreThoseOfRfc5869() throws Exception {
        byte[] sealed = key.datagramCipher().seal(NONCE, new byte[100]);
        byte[] nonceAndTag = Arrays.copyOf(NONCE, 28);
        System.arraycopy(sealed, sealed.length - 16, nonceAndTag, 12, 16);
        assertThat(Arrays.copyOf(hmac(hkdf("datagram code"), nonceAndTag), 4)).isEqualTo(Arrays.copyOf(sealed, 4));
        byte[] message = {1, 2, 3};
        assertThat(key.greetingCode(message)).isEqualTo(hmac(hkdf("connection greeting"), message));
        assertThat(key.helloCode(message)).isEqualTo(hmac(hkdf("hello"), message));
    }

    /** One block of output needs one round of the expansion. */
    private static byte[] hkdf(String purpose) throws Exception {
        byte[] extracted = hmac("cairn-network-1".getBytes(StandardCharsets.US_ASCII), SECRET);
        return hmac(extracted, (purpose + "\0lab\1").getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] hmac(byte[] key, byte[] message) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }

    private static byte[] counting(int from, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (from + i);
        }
        return bytes;
    }

    private static Map<String, String> vectors() throws IOException {
        Matcher rows = VECTOR.matcher(Files.readString(Path.of("../docs/protocol/private.md")));
        Map<String, String> vectors = new LinkedHashMap<>();
        while (rows.find()) {
            vectors.put(rows.group(1), rows.group(2));
        }
        return vectors;
    }
}
