package io.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AFetchTakesOnlyAllowedStepsTest {
    private static final String HALTED = " paused waiting failed stopped cancelled";
    private static final Map<FetchState, String> STEPS = new EnumMap<>(Map.ofEntries(
            Map.entry(FetchState.QUEUED, "queued lookup paused failed stopped cancelled"),
            Map.entry(FetchState.LOOKUP, "lookup comparing manifest" + HALTED),
            Map.entry(FetchState.COMPARING, "comparing manifest lookup" + HALTED),
            Map.entry(FetchState.MANIFEST, "chunks lookup" + HALTED),
            Map.entry(FetchState.CHUNKS, "placing lookup" + HALTED),
            Map.entry(FetchState.PLACING, "done lookup" + HALTED),
            Map.entry(FetchState.PAUSED, "queued failed stopped cancelled"),
            Map.entry(FetchState.WAITING, "queued waiting paused failed stopped cancelled"),
            Map.entry(FetchState.DONE, ""),
            Map.entry(FetchState.FAILED, "cancelled"),
            Map.entry(FetchState.STOPPED, "cancelled"),
            Map.entry(FetchState.CANCELLED, "cancelled")));

    static Stream<Arguments> pairs() {
        return Stream.of(FetchState.values())
                .flatMap(from -> Stream.of(FetchState.values()).map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void everyPairIsAllowedOrFailsLoudly(FetchState from, FetchState to) {
        boolean allowed = List.of(String.valueOf(STEPS.get(from)).split(" ")).contains(to.text());
        assertThat(to.mayFollow(from)).isEqualTo(allowed);
        if (allowed) {
            assertThat(from.step(to)).isSameAs(to);
        } else {
            assertThatThrownBy(() -> from.step(to))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll(from.text(), to.text());
        }
    }

    @Test
    void usersAndProgramsReadTheSameWordsAsEver() {
        assertThat(Stream.of(FetchState.values()).map(FetchState::text))
                .containsExactly(
                        "queued",
                        "lookup",
                        "manifest",
                        "comparing",
                        "chunks",
                        "placing",
                        "paused",
                        "waiting",
                        "done",
                        "failed",
                        "stopped",
                        "cancelled");
    }
}
