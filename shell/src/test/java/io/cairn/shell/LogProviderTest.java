package io.cairn.shell;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogProviderTest {
    private final Logger logger = LoggerFactory.getLogger("io.cairn.some.Place");

    @AfterEach
    void warningsOnly() {
        LogProvider.verbosity(0);
    }

    @Test
    void writesWhatTheCommandLineAsksFor() {
        assertThat(logger.isInfoEnabled()).isFalse();
        LogProvider.verbosity(1);
        assertThat(logger.isInfoEnabled()).isTrue();
        assertThat(logger.isDebugEnabled()).isFalse();
        LogProvider.verbosity(2);
        assertThat(logger.isDebugEnabled()).isTrue();
        LogProvider.verbosity(0);
        assertThat(logger.isInfoEnabled()).isFalse();
        assertThat(logger.isWarnEnabled()).isTrue();
    }

    @Test
    void aLineTellsTimeLevelClassAndMessage() {
        assertThat(line(Level.WARN, "3 of {}", null)).matches("\\d\\d:\\d\\d:\\d\\d WARN  Place  3 of 7\\R");
        assertThat(line(Level.DEBUG, "{}", null)).matches("\\d\\d:\\d\\d:\\d\\d DEBUG Place  7\\R");
    }

    @Test
    void whatWasThrownFollows() {
        IOException full = new IOException("no room", new IllegalStateException("inner"));
        assertThat(line(Level.ERROR, "could not write {}", full))
                .contains("ERROR Place  could not write 7")
                .contains("java.io.IOException: no room")
                .contains("LogProviderTest.whatWasThrownFollows")
                .contains("IllegalStateException: inner")
                .endsWith(System.lineSeparator());
    }

    private String line(Level level, String message, @Nullable Throwable thrown) {
        ch.qos.logback.classic.Logger of = new LoggerContext().getLogger(logger.getName());
        return new LogProvider.Lines()
                .doLayout(new LoggingEvent(getClass().getName(), of, level, message, thrown, new Object[] {7}));
    }
}
