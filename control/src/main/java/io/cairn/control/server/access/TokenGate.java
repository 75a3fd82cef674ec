package io.cairn.control.server.access;

import io.cairn.control.http.ControlApi;
import io.cairn.control.server.answer.ControlAnswer;
import io.cairn.control.server.answer.RequestHead;
import io.cairn.dht.id.Endpoint;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate of a TCP listener. A name in {@code Host} that somebody else's name server may have pointed here (DNS rebinding) is refused,
 * as is a page of another origin; everything else needs a token.
 */
public final class TokenGate implements Gate {
    /** Wrong tokens that are reported in a minute. */
    private static final int REPORTED_MAX = 3;

    /** Wrong tokens that are answered in a minute; beyond, nothing is looked at but a right one. */
    static final int ANSWERED_MAX = 60;

    private static final long MINUTE_MILLIS = 60_000;
    private static final Logger LOG = LoggerFactory.getLogger(TokenGate.class);
    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^:\\[\\]]+)(:[0-9]{1,5})?");
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +(\\S+)");

    private final TokenFile all;
    private final TokenFile metricsOnly;
    private final LongSupplier monotonicMillis;
    private long minuteMillis;
    private int failures;

    /**
     * @param all opens everything
     * @param metricsOnly opens the metrics
     */
    public TokenGate(TokenFile all, TokenFile metricsOnly, LongSupplier monotonicMillis) {
        this.all = all;
        this.metricsOnly = metricsOnly;
        this.monotonicMillis = monotonicMillis;
        this.minuteMillis = monotonicMillis.getAsLong();
    }

    @Override
    public Optional<ControlAnswer.Whole> refusal(RequestHead head, @Nullable InetAddress at) {
        String host = head.header("host");
        if (host == null || at == null || !isHere(host, at) || !isSameOrigin(head.header("origin"), host)) {
            return Optional.of(Gate.refusal(403, Map.of()));
        }
        String sent = token(head.header("authorization"));
        if (all.matches(sent)) {
            return Optional.empty();
        } else if (metricsOnly.matches(sent)) {
            return isMetrics(head) ? Optional.empty() : Optional.of(Gate.refusal(403, Map.of()));
        }
        return Optional.of(failed());
    }

    private ControlAnswer.Whole failed() {
        long now = monotonicMillis.getAsLong();
        if (now - minuteMillis >= MINUTE_MILLIS) {
            minuteMillis = now;
            failures = 0;
        }
        failures++;
        if (failures <= REPORTED_MAX) {
            LOG.warn("a request to the control interface over TCP had no right token");
        }
        return failures <= ANSWERED_MAX
                ? Gate.refusal(401, Map.of("www-authenticate", "Bearer"))
                : Gate.refusal(429, Map.of("retry-after", "60"));
    }

    private static boolean isMetrics(RequestHead head) {
        return head.target().segments().equals(List.of(ControlApi.METRICS.substring(1)));
    }

    /** A literal address of this listener, or the one name that no name server is asked for. */
    private static boolean isHere(String host, InetAddress at) {
        Matcher parts = HOST.matcher(host);
        if (!parts.matches()) {
            return false;
        }
        String name = parts.group(1).toLowerCase(Locale.ROOT);
        if (name.equals("localhost")) {
            return at.isLoopbackAddress();
        }
        String literal = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
        try {
            return Endpoint.parseAddress(literal).equals(at);
        } catch (IllegalArgumentException isName) {
            return false;
        }
    }

    private static boolean isSameOrigin(@Nullable String origin, String host) {
        return origin == null || origin.equalsIgnoreCase("http://" + host);
    }

    private static String token(@Nullable String authorization) {
        Matcher bearer = BEARER.matcher(authorization == null ? "" : authorization);
        return bearer.matches() ? bearer.group(1) : "";
    }
}
