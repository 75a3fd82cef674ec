package io.cairn.app.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.app.CairnException;
import io.cairn.dht.id.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostAndPortTest {
    @Test
    void readsNumbersAndBrackets() throws Exception {
        assertThat(HostAndPort.parse("192.0.2.1:4747").resolve()).containsExactly(Endpoint.parse("192.0.2.1:4747"));
        assertThat(HostAndPort.parse("[::1]:1").resolve()).containsExactly(Endpoint.parse("[::1]:1"));
        assertThat(HostAndPort.parse("localhost:9").resolve()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "host", "host:", ":1", "host:0", "host:65536", "host:x", "::1:5", "[::1]"})
    void refusesTheRestAsAUsageError(String text) {
        assertThatThrownBy(() -> HostAndPort.parse(text))
                .isInstanceOfSatisfying(
                        CairnException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(CairnException.Kind.USAGE));
    }
}
