package io.cairn.app.fetch.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.CairnException;
import io.cairn.app.network.NetworkView;
import io.cairn.dht.id.Key;
import io.cairn.dht.net.LocalAddresses;
import io.cairn.transfer.swarm.fetch.FetchOutcome;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each way in which a fetch of the swarm ends without its bytes has one exit code, and says what failed, why, and what to do next. */
class EveryOutcomeHasItsExitCodeTest {
    private static final Key HASH = Key.fromHex("00".repeat(20));

    @Test
    void everyOutcomeButSuccess() {
        Map<FetchOutcome, Integer> codes = new LinkedHashMap<>();
        codes.put(new FetchOutcome.NoProvider(null, List.of()), 3);
        codes.put(new FetchOutcome.Stalled(1, 2, 0, 30_000, null, List.of()), 4);
        codes.put(new FetchOutcome.Corrupt(List.of(0), List.of()), 6);
        codes.put(new FetchOutcome.InvalidManifest("a path leads outside"), 6);
        codes.put(new FetchOutcome.StorageFailed(new IOException("No space left on device")), 7);
        codes.put(new FetchOutcome.StorageFailed(new AccessDeniedException("/root")), 9);
        codes.put(new FetchOutcome.StorageFailed(new FileSystemException("/usr", null, "Read-only file system")), 9);
        codes.put(new FetchOutcome.StorageFailed(new IOException("Input/output error")), 1);
        codes.put(new FetchOutcome.Stopped(), 130);

        assertThat(codes.keySet().stream().<Class<?>>map(FetchOutcome::getClass).collect(Collectors.toSet()))
                .as("all but success")
                .isEqualTo(Arrays.stream(FetchOutcome.class.getPermittedSubclasses())
                        .filter(kind -> kind != FetchOutcome.Completed.class)
                        .collect(Collectors.toSet()));
        NetworkView alone = new NetworkView(new LocalAddresses(List.of()), List.of(), List.of(), List.of(), Map.of());
        codes.forEach((outcome, code) -> {
            CairnException failure = FetchFailures.of(HASH, outcome, alone);
            assertThat(failure.kind().exitCode()).as("%s", outcome).isEqualTo(code);
            assertThat(List.of(String.valueOf(failure.getMessage()), failure.why(), failure.next()))
                    .as("%s", outcome)
                    .allMatch(line -> !line.isBlank() && line.lines().count() == 1);
        });
    }
}
