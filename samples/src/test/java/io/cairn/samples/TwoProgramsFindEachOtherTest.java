package io.cairn.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.app.CairnException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One sample finds the other by what it can do, and they talk. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TwoProgramsFindEachOtherTest {
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void theyTalk() throws Exception {
        try (OfferAnEcho offer = OfferAnEcho.start(folder.resolve("offer"), List.of(), out)) {
            CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> answer(offer));
            String answer = new FindAnEcho(out).say(folder.resolve("find"), "127.0.0.1:" + offer.port(), "Grüße");
            assertThat(answer).isEqualTo("Grüße");
            answered.join();
        }
        assertThat(told.toString(StandardCharsets.UTF_8))
                .contains("announced tcp://127.0.0.1:", "found  echo-1 at tcp://127.0.0.1:", "answer Grüße");
    }

    @Test
    void whereNobodyOffersItTheSampleSaysSo() {
        assertThatThrownBy(() -> new FindAnEcho(out).say(folder.resolve("find"), "127.0.0.1:9", "hello"))
                .isInstanceOfSatisfying(
                        CairnException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(CairnException.Kind.NO_PROVIDER));
    }

    private static void answer(OfferAnEcho offer) {
        try {
            offer.answerOne();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
