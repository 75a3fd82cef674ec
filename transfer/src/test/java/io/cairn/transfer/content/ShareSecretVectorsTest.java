package io.cairn.transfer.content;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.link.MagnetLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.codec.binary.Hex;
import org.junit.jupiter.api.Test;

/** Reads the vectors of docs/protocol/audience.md. */
class ShareSecretVectorsTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "protocol", "audience.md");
    private static final Pattern ROW = Pattern.compile("\\| `([a-z ]+)` \\| `([0-9a-f]+)` \\|");
    private static final Key SHARE = key("cairn");

    private final ShareSecret secret = ShareSecret.fromText("000102030405060708090a0b0c0d0e0f");
    private final NodeId prover = NodeId.of(key("prover").toBytes());
    private final NodeId verifier = NodeId.of(key("verifier").toBytes());

    @Test
    void recordKeyAndProofAreAsDocumented() throws IOException {
        Map<String, String> vectors = ROW.matcher(Files.readString(DOCUMENT))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
        assertThat(vectors)
                .containsEntry("record key", secret.recordKey(SHARE).toHex())
                .containsEntry("proof", Hex.encodeHexString(secret.proof(SHARE, prover, verifier)));
    }

    @Test
    void aProofIsForOneShareAndOnePairOfNodes() {
        byte[] proof = secret.proof(SHARE, prover, verifier);
        assertThat(secret.isProven(proof, SHARE, prover, verifier)).isTrue();
        assertThat(secret.isProven(proof, SHARE, verifier, prover)).isFalse();
        assertThat(secret.isProven(proof, key("other"), prover, verifier)).isFalse();
        assertThat(secret.isProven(new byte[0], SHARE, prover, verifier)).isFalse();
    }

    @Test
    void aLinkCarriesItAndNothingElseShowsIt() throws Exception {
        MagnetLink link = new MagnetLink(SHARE, "film", 7, List.of(), secret);
        assertThat(link.toString()).contains("&x.cs=000102030405060708090a0b0c0d0e0f");
        assertThat(MagnetLink.parse(link.toString())).isEqualTo(link);
        assertThat(MagnetLink.parse("magnet:?xt=urn:btih:" + SHARE.toHex() + "&x.cs=nonsense")
                        .secret())
                .isNull();
        assertThat(secret).hasToString("ShareSecret");
        assertThatIllegalArgumentException().isThrownBy(() -> ShareSecret.of(new byte[15]));
    }

    private static Key key(String text) {
        return Key.ofContent(text.getBytes(US_ASCII));
    }
}
