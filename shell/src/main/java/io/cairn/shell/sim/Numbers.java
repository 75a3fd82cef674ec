package io.cairn.shell.sim;

import java.util.Locale;

/** Numbers for people; a dash if there is none. */
final class Numbers {
    private static final String NONE = "-";
    private static final long SECOND_MILLIS = 1_000;
    private static final long MINUTE_MILLIS = 60_000;
    private static final long HOUR_MILLIS = 3_600_000;

    private Numbers() {}

    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A percentile of whole numbers. */
    static String whole(double value) {
        return format("%,.0f", value);
    }

    /** Without a fraction if it is whole. */
    static String plain(double value) {
        return format(value == Math.rint(value) ? "%,.0f" : "%,.4f", value);
    }

    static String two(double value) {
        return format("%,.2f", value);
    }

    static String three(double value) {
        return format("%,.3f", value);
    }

    static String one(double value) {
        return format("%,.1f", value);
    }

    /** Never 100 % unless it is exactly that. */
    static String percent(double part) {
        if (part == 1) {
            return "100 %";
        }
        return format("%.2f %%", Math.min(99.99, 100 * part));
    }

    /** In milliseconds if below ten seconds. */
    static String millis(double millis) {
        return millis < 10 * SECOND_MILLIS || Double.isNaN(millis)
                ? format("%,.0f ms", millis)
                : format("%,.1f s", millis / SECOND_MILLIS);
    }

    /** {@code 90 s}, {@code 13 min}, {@code 24 h}: the largest unit without a remainder. */
    static String span(long millis) {
        if (millis % HOUR_MILLIS == 0) {
            return millis / HOUR_MILLIS + " h";
        } else if (millis % MINUTE_MILLIS == 0) {
            return millis / MINUTE_MILLIS + " min";
        }
        return millis % SECOND_MILLIS == 0 ? millis / SECOND_MILLIS + " s" : millis + " ms";
    }

    private static String format(String pattern, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, pattern, value) : NONE;
    }
}
