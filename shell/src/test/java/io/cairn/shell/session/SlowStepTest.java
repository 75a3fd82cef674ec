package io.cairn.shell.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.shell.output.OutputsForTests;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlowStepTest {
    private static final int DEADLINE_SECONDS = 60;

    private final CountDownLatch told = new CountDownLatch(1);
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream() {
        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            if (toString(StandardCharsets.UTF_8).contains("opens the state database")) {
                told.countDown();
            }
        }
    };

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStepThatLastsSaysWhatItDoes(boolean animated) throws Exception {
        SlowStep slow =
                new SlowStep(OutputsForTests.notes(stderr, animated), "start", () -> "opens the state database");
        assertThat(told.await(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        slow.close();
        assertThat(stderr.toString(StandardCharsets.UTF_8)).contains("start      opens the state database");
    }

    @Test
    void aStepThatIsOverSaysNothing() {
        new SlowStep(OutputsForTests.notes(stderr, false), "start", () -> "opens the state database").close();
        assertThat(stderr.size()).isZero();
    }
}
