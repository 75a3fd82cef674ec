package io.cairn.app.config;

import io.cairn.app.SpeedLimits;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses rates as users write them. */
public final class Rate {
    private static final Pattern WRITTEN = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([kmg]?)(i?)b?(?:/s)?");

    private Rate() {}

    /**
     * Bytes a second: {@code 5MiB/s}, {@code 5M}, {@code 1.5 GiB/s}, {@code 800kB/s} (thousands), {@code 65536}; 0 for {@code off} and
     * {@code 0}. A unit without {@code B} is binary, as in curl and rsync.
     *
     * @throws IllegalArgumentException with the reason, if it is malformed or out of range
     */
    public static long parse(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        if (lower.equals("off") || lower.equals("none")) {
            return 0;
        }
        Matcher written = WRITTEN.matcher(lower);
        if (!written.matches()
                || written.group(2).isEmpty() && !written.group(3).isEmpty()) {
            throw new IllegalArgumentException("a rate is written like 5MiB/s, 800KiB/s or off");
        }
        boolean thousands = written.group(3).isEmpty() && lower.contains("b");
        int power = " kmg".indexOf(written.group(2).isEmpty() ? " " : written.group(2));
        BigDecimal bytes = new BigDecimal(written.group(1))
                .multiply(BigDecimal.valueOf(thousands ? 1000 : 1024).pow(power));
        if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE / 4)) > 0) {
            throw new IllegalArgumentException("it is more than any line carries; off means no limit");
        }
        long rate = bytes.longValue();
        if (rate != 0 && rate < SpeedLimits.RATE_MIN) {
            throw new IllegalArgumentException(rate + " B/s is too low; the minimum is " + SpeedLimits.RATE_MIN / 1024
                    + " KiB/s, or peers give up on this node");
        }
        return rate;
    }
}
