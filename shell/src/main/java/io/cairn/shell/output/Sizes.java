package io.cairn.shell.output;

import java.util.Locale;

/** Figures for people: IEC units, commas between thousands, the same in every locale. */
public final class Sizes {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Sizes() {}

    /** {@code 532 B}, {@code 836.2 MiB}, {@code 1.37 GiB}. */
    public static String bytes(long bytes) {
        int unit = unit(bytes);
        int decimals = unit == 0 ? 0 : unit < 3 ? 1 : 2;
        return number(bytes, unit, decimals);
    }

    /** {@code 412 MiB/s}, {@code 9.5 MiB/s}. */
    public static String rate(long bytesPerSecond) {
        int unit = unit(bytesPerSecond);
        boolean large = bytesPerSecond >= 100L << 10 * unit;
        return number(bytesPerSecond, unit, unit == 0 || large ? 0 : 1) + "/s";
    }

    /** Per cent, rounded down: 100 means done. */
    public static int percent(long done, long total) {
        return done >= total ? 100 : (int) Math.min(99, 100.0 * done / total);
    }

    /** {@code 1,403}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code 1 chunk}, {@code 1,403 chunks}. */
    public static String count(long count, String one) {
        return count(count) + " " + (count == 1 ? one : one + "s");
    }

    /** {@code 1 fetch}, {@code 3 fetches}. */
    public static String count(long count, String one, String several) {
        return count(count) + " " + (count == 1 ? one : several);
    }

    /** {@code 0.4s}, {@code 12s}, {@code 3m05s}, {@code 2h07m}. */
    public static String duration(long millis) {
        if (millis < 10_000) {
            return String.format(Locale.ROOT, "%d.%ds", millis / 1000, millis % 1000 / 100);
        }
        return seconds(millis / 1000);
    }

    /** The same for a remaining time, which is never known to a tenth of a second. */
    static String remaining(long millis) {
        return seconds((millis + 999) / 1000);
    }

    private static String seconds(long seconds) {
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60);
        }
        return String.format(Locale.ROOT, "%dh%02dm", seconds / 3600, seconds % 3600 / 60);
    }

    /** The largest unit of which there is at least one, after rounding: 1023.99 KiB is 1.0 MiB. */
    private static int unit(long bytes) {
        int unit = 0;
        double value = bytes;
        while (value >= 1023.95 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return bytes < 1024 ? 0 : unit;
    }

    private static String number(long bytes, int unit, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f %s", bytes / Math.pow(1024, unit), UNITS[unit]);
    }
}
