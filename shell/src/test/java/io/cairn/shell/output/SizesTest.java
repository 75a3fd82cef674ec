package io.cairn.shell.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SizesTest {
    @Test
    void writesBytesInIecUnits() {
        assertThat(Sizes.bytes(0)).isEqualTo("0 B");
        assertThat(Sizes.bytes(1023)).isEqualTo("1023 B");
        assertThat(Sizes.bytes(1024)).isEqualTo("1.0 KiB");
        assertThat(Sizes.bytes(876_819_251)).isEqualTo("836.2 MiB");
        assertThat(Sizes.bytes(1_471_026_299)).isEqualTo("1.37 GiB");
        assertThat(Sizes.bytes((1L << 30) - 1)).isEqualTo("1.00 GiB");
        assertThat(Sizes.bytes(Long.MAX_VALUE)).isEqualTo("8.00 EiB");
    }

    @Test
    void writesRatesCountsAndTimes() {
        assertThat(Sizes.rate(432_013_312)).isEqualTo("412 MiB/s");
        assertThat(Sizes.rate(9_961_472)).isEqualTo("9.5 MiB/s");
        assertThat(Sizes.rate(0)).isEqualTo("0 B/s");
        assertThat(Sizes.count(1403)).isEqualTo("1,403");
        assertThat(Sizes.count(1, "chunk")).isEqualTo("1 chunk");
        assertThat(Sizes.duration(1234)).isEqualTo("1.2s");
        assertThat(Sizes.duration(185_000)).isEqualTo("3m05s");
        assertThat(Sizes.duration(7_620_000)).isEqualTo("2h07m");
        assertThat(Sizes.remaining(1)).isEqualTo("1s");
    }
}
