package io.cairn.shell;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.CoreConstants;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import io.cairn.shell.output.Plain;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * The log: Logback, to stderr; warnings only, unless the command line asks for more. Logback's own provider first searches all jars for
 * its versions and configurators, and compiles a pattern: a tenth of a second at each start, for lines that few runs write.
 */
public final class LogProvider implements SLF4JServiceProvider {
    private static final int VERBOSITY_OF_TRACES = 2;

    /** Warns of each connection that accepts no more data until it is closed: any stranger could flood the log with that line. */
    private static final String TLS = "io.netty.handler.ssl.SslHandler";

    private static final Lines LINES = new Lines();

    private final LoggerContext context = new LoggerContext();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final LogbackMDCAdapter diagnostics = new LogbackMDCAdapter();

    /**
     * Makes this the provider of the process, unless its command line names another. Call it before a second thread starts: SLF4J
     * complains on stderr if other threads log during its set-up.
     */
    static void use() {
        System.getProperties().putIfAbsent("slf4j.provider", LogProvider.class.getName());
        System.getProperties().putIfAbsent("slf4j.internal.verbosity", "WARN"); // else SLF4J prints that it was named
        ILoggerFactory unused = LoggerFactory.getILoggerFactory();
    }

    /** Sets the level for a number of {@code -v} flags. */
    static void verbosity(int count) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            LINES.traces(count >= VERBOSITY_OF_TRACES);
            context.getLogger(Logger.ROOT_LOGGER_NAME)
                    .setLevel(count == 0 ? Level.WARN : count == 1 ? Level.INFO : Level.DEBUG);
            context.getLogger(TLS).setLevel(count == 0 ? Level.ERROR : null);
        }
    }

    @Override
    public void initialize() {
        context.setName(CoreConstants.DEFAULT_CONTEXT_NAME);
        context.setMDCAdapter(diagnostics);
        LINES.setContext(context);
        LINES.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(LINES);
        encoder.start();
        ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
        stderr.setContext(context);
        stderr.setTarget("System.err");
        stderr.setEncoder(encoder);
        stderr.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        context.getLogger(TLS).setLevel(Level.ERROR);
        root.addAppender(stderr);
        // Before the network is up, there is no hardware address to name channels by: Netty uses a random number, which
        // is as good.
        context.getLogger("io.netty.util.internal.MacAddressUtil").setLevel(Level.ERROR);
        context.start();
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return context;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return diagnostics;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99"; // like Logback itself: any 2.0
    }

    /** Time of day, level, class, message and exception; a stack trace only at the highest verbosity. */
    static final class Lines extends LayoutBase<ILoggingEvent> {
        private static final int CAUSES_MAX = 4;

        private volatile boolean traces;

        /** Whether stack traces are written from now on. */
        void traces(boolean wanted) {
            traces = wanted;
        }

        @Override
        public String doLayout(ILoggingEvent event) {
            StringBuilder line = new StringBuilder(80);
            DateTimeFormatter.ofPattern("HH:mm:ss").formatTo(event.getInstant().atZone(ZoneId.systemDefault()), line);
            line.append(' ').append(event.getLevel());
            while (line.length() < "00:00:00 DEBUG".length()) {
                line.append(' ');
            }
            String logger = event.getLoggerName();
            line.append(' ').append(logger, logger.lastIndexOf('.') + 1, logger.length());
            line.append("  ").append(Plain.line(String.valueOf(event.getFormattedMessage())));
            if (traces && event.getThrowableProxy() != null) {
                line.append(System.lineSeparator());
                line.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            } else {
                causes(line, event.getThrowableProxy());
                line.append(System.lineSeparator());
            }
            return line.toString();
        }

        /** Appends the exception and its causes on the same line. */
        private static void causes(StringBuilder line, @Nullable IThrowableProxy thrown) {
            IThrowableProxy cause = thrown;
            for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
                String name = cause.getClassName();
                line.append(": ").append(name, name.lastIndexOf('.') + 1, name.length());
                if (cause.getMessage() != null) {
                    line.append(": ").append(Plain.line(cause.getMessage()));
                }
                cause = cause.getCause();
            }
        }
    }
}
