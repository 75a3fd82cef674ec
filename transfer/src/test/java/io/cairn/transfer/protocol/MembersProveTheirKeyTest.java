package io.cairn.transfer.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.crypto.NetworkKey;
import io.cairn.dht.crypto.NetworkKeys;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.NetworkId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.binary.Hex;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The greeting of a connection and the proof in HELLO: as documented, bound to what they must be bound to, and against strangers' bytes. */
final class MembersProveTheirKeyTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final NodeId BOB = NodeId.fromHex("ab7badec1f9727fbf5248ebe9ebd530a30795c8e");
    private static final NodeId ALICE = NodeId.fromHex("fd81a6db64d6faf7f702c07971a82c25c1dc3c90");
    private static final NetworkKey OLD = NetworkKey.of(counting(), "lab");
    private static final NetworkKey NEW = NetworkKey.of(new byte[] {1}, "lab");
    private static final NetworkKeys KEYS = new NetworkKeys(List.of(OLD));
    private static final NetworkKeys BOTH = new NetworkKeys(List.of(OLD, NEW));
    private static final NetworkKeys LATER = new NetworkKeys(List.of(NEW));
    private static final Fingerprint OWN = Fingerprint.ofCertificate("own".getBytes(US_ASCII));
    private static final Fingerprint SEEN = Fingerprint.ofCertificate("seen".getBytes(US_ASCII));

    private final Random random = new Random(5_504);
    private final Identity a = Identity.generate(random);
    private final Identity b = Identity.generate(random);

    @Test
    void theVectorsOfTheSpecificationAreWhatIsSent() throws IOException {
        byte[] filler = new byte[ConnectionGreeting.SALT_BYTES + NetworkKey.CODE_BYTES];
        Arrays.fill(filler, 0, ConnectionGreeting.SALT_BYTES, (byte) 0x5a);
        Arrays.fill(filler, ConnectionGreeting.SALT_BYTES, filler.length, (byte) 0xa5);
        Map<String, String> computed = new LinkedHashMap<>();
        computed.put(
                "greeting",
                Hex.encodeHexString(
                        ConnectionGreeting.to(BOB, KEYS, NOW, filler).toBytes()));
        computed.put(
                "proof", NetworkProof.of(KEYS, OWN, SEEN, ALICE, BOB).get(0).toString());
        Map<String, String> documented = vectors();
        documented.keySet().retainAll(computed.keySet());
        assertThat(documented).isEqualTo(computed);
    }

    @Test
    void aGreetingIsForOneNodeAndUnderAKeyOfBoth() {
        List<NetworkKeys> stages = List.of(KEYS, BOTH, LATER);
        for (int from = 0; from < stages.size(); from++) {
            ConnectionGreeting greeting = greeting(stages.get(from));
            for (int to = 0; to < stages.size(); to++) {
                assertThat(greeting.isFor(BOB, stages.get(to)))
                        .as("%d to %d", from, to)
                        .isEqualTo(Math.abs(from - to) < 2);
                assertThat(greeting.isFor(ALICE, stages.get(to))).isFalse();
            }
        }
    }

    @Test
    void aChangedOrRandomGreetingIsNotValid() {
        byte[] valid = greeting(KEYS).toBytes();
        assertThat(ConnectionGreeting.parse(valid).isFor(BOB, KEYS)).isTrue();
        int covered = 8 * (ConnectionGreeting.LENGTH_BYTES - NetworkKey.CODE_BYTES); // the second code is random
        for (int bit = 0; bit < covered; bit++) {
            byte[] changed = valid.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(ConnectionGreeting.parse(changed).isFor(BOB, KEYS))
                    .as("bit %d", bit)
                    .isFalse();
        }
        for (int i = 0; i < 5_000; i++) {
            byte[] noise = new byte[ConnectionGreeting.LENGTH_BYTES];
            random.nextBytes(noise);
            ConnectionGreeting parsed = ConnectionGreeting.parse(noise);
            assertThat(parsed.isFor(BOB, BOTH)).isFalse();
            assertThat(parsed.toBytes()).isEqualTo(noise);
            assertThat(parsed).isEqualTo(ConnectionGreeting.parse(noise));
        }
    }

    @Test
    void bothSidesRequireAProof() {
        for (boolean dialled : new boolean[] {false, true}) {
            assertThat(outcome(KEYS, KEYS, b.nodeId(), dialled)).isInstanceOf(Handshake.Greeted.class);
            assertThat(outcome(BOTH, KEYS, b.nodeId(), dialled)).isInstanceOf(Handshake.Greeted.class);
            assertThat(outcome(KEYS, BOTH, b.nodeId(), dialled)).isInstanceOf(Handshake.Greeted.class);
            Handshake.Refused refused = new Handshake.Refused(Violation.OTHER_NETWORK);
            assertThat(outcome(null, KEYS, b.nodeId(), dialled)).isEqualTo(refused);
            assertThat(outcome(LATER, KEYS, b.nodeId(), dialled)).isEqualTo(refused);
            assertThat(outcome(KEYS, KEYS, null, dialled)).isEqualTo(new Handshake.Refused(Violation.WRONG_RECIPIENT));
        }
        assertThat(outcome(null, null, null, false)).isInstanceOf(Handshake.Greeted.class);
    }

    @Test
    void aProofIsOfTheseCertificatesAndNodesInThisOrder() {
        NetworkProof proof = NetworkProof.of(KEYS, OWN, SEEN, ALICE, BOB).get(0);
        assertThat(proof)
                .isNotIn(NetworkProof.of(KEYS, SEEN, OWN, ALICE, BOB))
                .isNotIn(NetworkProof.of(KEYS, OWN, SEEN, BOB, ALICE))
                .isNotIn(NetworkProof.of(KEYS, OWN, OWN, ALICE, BOB))
                .isNotIn(NetworkProof.of(LATER, OWN, SEEN, ALICE, BOB))
                .isIn(NetworkProof.of(BOTH, OWN, SEEN, ALICE, BOB));
    }

    private Handshake.Outcome outcome(
            @Nullable NetworkKeys senders,
            @Nullable NetworkKeys receivers,
            @Nullable NodeId recipient,
            boolean dialled) {
        NetworkId network = NetworkId.ofPrivate("lab");
        byte[] hello = new Handshake(a, network, senders, OWN, SEEN).hello(recipient, 1, "test", NOW);
        return new Handshake(b, network, receivers, SEEN, OWN)
                .received(hello, dialled ? a.nodeId() : null, dialled, NOW);
    }

    private ConnectionGreeting greeting(NetworkKeys keys) {
        byte[] filler = new byte[ConnectionGreeting.SALT_BYTES + NetworkKey.CODE_BYTES];
        random.nextBytes(filler);
        return ConnectionGreeting.to(BOB, keys, NOW, filler);
    }

    private static byte[] counting() {
        byte[] secret = new byte[NetworkKey.SECRET_BYTES];
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) i;
        }
        return secret;
    }

    private static Map<String, String> vectors() throws IOException {
        Matcher rows = Pattern.compile("\\| `([a-z ]+)` \\| `([0-9a-f]+)` \\|")
                .matcher(Files.readString(Path.of("../docs/protocol/private.md")));
        Map<String, String> vectors = new LinkedHashMap<>();
        while (rows.find()) {
            vectors.put(rows.group(1), rows.group(2));
        }
        return vectors;
    }
}
