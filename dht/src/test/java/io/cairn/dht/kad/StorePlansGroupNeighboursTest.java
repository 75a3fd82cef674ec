package io.cairn.dht.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StorePlansGroupNeighboursTest {
    private static final int K = 20;
    private static final int KEYS_MAX = 32;

    @Test
    void everyKeyReachesItsHoldersAndNoBatchSpreadsFar() {
        SplittableRandom random = new SplittableRandom(11);
        List<Contact> network = Networks.contacts(200, random);
        Coverage coverage = new Coverage(NodeId.random(random), K);
        List<Key> keys =
                Stream.generate(() -> Key.random(random)).limit(500).sorted().toList();
        List<StorePlan> plans =
                StorePlan.group(keys, key -> coverage.holders(key, Networks.closest(network, key, K)), KEYS_MAX, K);

        assertThat(plans.stream().flatMap(plan -> plan.keys().stream())).containsExactlyElementsOf(keys);
        for (StorePlan plan : plans) {
            assertThat(plan.keys()).hasSizeLessThanOrEqualTo(KEYS_MAX);
            assertThat(plan.others()).hasSizeLessThanOrEqualTo(K + K / 2);
        }
    }

    @Test
    void oneBatchHoldsAsManyKeysAsItMay() {
        SplittableRandom random = new SplittableRandom(12);
        List<Key> keys =
                Stream.generate(() -> Key.random(random)).limit(70).sorted().toList();
        List<StorePlan> plans = StorePlan.group(keys, key -> new Coverage.Holders(List.of(), true), KEYS_MAX, K);

        assertThat(plans).extracting(plan -> plan.keys().size()).containsExactly(32, 32, 6);
        assertThat(plans).allMatch(StorePlan::isHere);
    }
}
