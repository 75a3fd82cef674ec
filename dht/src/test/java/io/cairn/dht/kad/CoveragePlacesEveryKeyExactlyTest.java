package io.cairn.dht.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoveragePlacesEveryKeyExactlyTest {
    private static final int K = 20;

    @ParameterizedTest
    @CsvSource({
        "1, 0, 0",
        "2, 1, 0",
        "15, 2, 0",
        "16, 4, 0",
        "3, 19, 0",
        "4, 20, 0",
        "5, 21, 0",
        "6, 60, 0",
        "7, 1000, 0",
        "8, 30, 9",
        "9, 300, 5",
        "10, 4, 3",
        "11, 19, 7",
        "12, 20, 12",
        "13, 21, 40",
        "14, 60, 2"
    })
    void whenLookupsAreExact(long seed, int others, int sharedBits) {
        SplittableRandom random = new SplittableRandom(seed);
        NodeId self = NodeId.random(random);
        List<Contact> network = Networks.contacts(others, random).stream()
                .map(contact -> new Contact(clustered(contact.id(), sharedBits), contact.endpoint()))
                .toList();
        List<Contact> withSelf = new ArrayList<>(network);
        Contact here = new Contact(self, Networks.endpoint(99_999));
        withSelf.add(here);
        Coverage coverage = new Coverage(self, K);
        int lookups = 0;
        for (int i = 0; i < 300; i++) {
            Key key = Key.random(random);
            for (Key gap = coverage.gapIn(coverage.regionAround(key));
                    gap != null;
                    gap = coverage.gapIn(coverage.regionAround(key))) {
                coverage.found(gap, Networks.closest(network, gap, K));
                lookups++;
                assertThat(lookups).as("seed " + seed).isLessThanOrEqualTo(2 * others + 10);
            }
            Coverage.Holders holders = coverage.holders(key, coverage.regionAround(key));
            List<Contact> truth = Networks.closest(withSelf, key, K);

            assertThat(holders.isHere()).as("seed " + seed).isEqualTo(truth.contains(here));
            assertThat(holders.others())
                    .as("seed " + seed)
                    .containsExactlyInAnyOrderElementsOf(
                            truth.stream().filter(c -> !c.equals(here)).toList());
        }
    }

    /** The same id with its first bits all ones: networks whose ids share a prefix have lost keys elsewhere. */
    private static NodeId clustered(NodeId id, int bits) {
        byte[] bytes = id.toBytes();
        for (int bit = 0; bit < bits; bit++) {
            bytes[bit >>> 3] |= (byte) (0x80 >>> (bit & 7));
        }
        return NodeId.of(bytes);
    }
}
