package io.cairn.shell.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.shell.output.Output;
import io.cairn.shell.output.Streams;
import io.cairn.shell.output.Style;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
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
        SlowStep slow = new SlowStep(output(animated), "start", () -> "opens the state database");
        assertThat(told.await(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        slow.close();
        assertThat(stderr.toString(StandardCharsets.UTF_8)).contains("start      opens the state database");
    }

    @Test
    void aStepThatIsOverSaysNothing() {
        new SlowStep(output(false), "start", () -> "opens the state database").close();
        assertThat(stderr.size()).isZero();
    }

    private Output output(boolean animated) {
        Streams streams = new Streams(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                stderr,
                false,
                false,
                animated,
                () -> 80);
        return new Output(streams, new Output.Format(false, false, 0, Style.PLAIN, animated), failure -> {});
    }
}
