package io.cairn.dht.kad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A change of k changes every number derived from it. */
class WhatFollowsFromKTest {
    private static final KademliaLimits USUAL = KademliaLimits.defaults();

    @ParameterizedTest
    @CsvSource({"1, 3, 1", "8, 24, 4", "20, 60, 10", "32, 96, 16"})
    void siblingsAndPlacesOfABlock(int k, int siblings, int perBlock) {
        KademliaLimits limits = USUAL.withWidths(k, 3);

        assertThat(limits.siblingsMax()).isEqualTo(siblings);
        assertThat(limits.lookups().perBlockMax()).isEqualTo(perBlock);
    }

    @Test
    void theUsualNumbersFollowFromTheUsualK() {
        assertThat(USUAL).isEqualTo(USUAL.withWidths(USUAL.k(), USUAL.alpha()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 33})
    void moreContactsThanFitADatagramAreRefused(int k) {
        assertThatThrownBy(() -> USUAL.withWidths(k, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 32");
    }
}
