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
    private final IOException full = new IOException("no room", new IllegalStateException("inner"));

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
    void strangersThatTakeNothingWriteNoLines() {
        Logger tls = LoggerFactory.getLogger("io.netty.handler.ssl.SslHandler");
        LogProvider.verbosity(0);
        assertThat(tls.isWarnEnabled()).isFalse();
        assertThat(tls.isErrorEnabled()).isTrue();
        LogProvider.verbosity(1);
        assertThat(tls.isWarnEnabled()).isTrue();
    }

    @Test
    void aMachineWithoutAnAdapterIsNothingToWarnOf() {
        Logger netty = LoggerFactory.getLogger("io.netty.util.internal.MacAddressUtil");
        assertThat(netty.isWarnEnabled()).isFalse();
        assertThat(netty.isErrorEnabled()).isTrue();
    }

    @Test
    void aLineTellsTimeLevelClassAndMessage() {
        assertThat(line(Level.WARN, "3 of {}", null)).matches("\\d\\d:\\d\\d:\\d\\d WARN  Place  3 of 7\\R");
        assertThat(line(Level.DEBUG, "{}", null)).matches("\\d\\d:\\d\\d:\\d\\d DEBUG Place  7\\R");
    }

    @Test
    void whatWasThrownFollowsOnTheSameLine() {
        assertThat(line(Level.ERROR, "could not write {}", full))
                .matches("\\S+ ERROR Place  could not write 7: IOException: no room: IllegalStateException: inner\\R");
    }

    @Test
    void whereItWasThrownFollowsOnlyIfAllIsAskedFor() {
        LogProvider.Lines lines = new LogProvider.Lines();
        lines.traces(true);
        assertThat(line(lines, Level.ERROR, "could not write {}", full))
                .contains("ERROR Place  could not write 7")
                .contains("java.io.IOException: no room")
                .contains("at io.cairn.shell.LogProviderTest")
                .contains("IllegalStateException: inner")
                .endsWith(System.lineSeparator());
    }

    @Test
    void aNameInAMessageCannotBreakTheLine() {
        assertThat(line(Level.WARN, "a\u001b[31m\nb\u202ec {}", null))
                .endsWith("a\\u{1b}[31m\\nb\\u{202e}c 7" + System.lineSeparator());
    }

    private String line(Level level, String message, @Nullable Throwable thrown) {
        return line(new LogProvider.Lines(), level, message, thrown);
    }

    private String line(LogProvider.Lines lines, Level level, String message, @Nullable Throwable thrown) {
        ch.qos.logback.classic.Logger of = new LoggerContext().getLogger(logger.getName());
        return lines.doLayout(new LoggingEvent(getClass().getName(), of, level, message, thrown, new Object[] {7}));
    }
}
