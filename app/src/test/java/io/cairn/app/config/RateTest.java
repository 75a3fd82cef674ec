package io.cairn.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {
    @ParameterizedTest
    @CsvSource({
        "5MiB/s, 5242880",
        "5mib/s, 5242880",
        "5M, 5242880",
        "5 MiB, 5242880",
        "' 5MiB/s ', 5242880",
        "1.5 GiB/s, 1610612736",
        "800kB/s, 800000",
        "800KiB/s, 819200",
        "2MB, 2000000",
        "65536, 65536",
        "65536B/s, 65536",
        "16KiB/s, 16384",
        "0, 0",
        "off, 0",
        "OFF, 0",
        "none, 0"
    })
    void readsWhatPeopleWrite(String text, long rate) {
        assertThat(Rate.parse(text)).isEqualTo(rate);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fast", "-5M", "5X", "M", "1e6", "5MiB/h", "5.M", "5ib", "1,5M", "5 M iB"})
    void saysHowARateIsWritten(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Rate.parse(text)).withMessageContaining("5MiB/s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "16383", "15KiB/s", "0.5K"})
    void refusesWhatPeersWouldTakeForDead(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Rate.parse(text)).withMessageContaining("16 KiB/s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999G", "99999999999999999999999"})
    void refusesWhatNoLineCarries(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Rate.parse(text)).withMessageContaining("off");
    }
}
