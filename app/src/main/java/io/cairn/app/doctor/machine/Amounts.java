package io.cairn.app.doctor.machine;

import java.util.Locale;

/** Numbers of bytes for people. */
final class Amounts {
    static final long MIB = 1 << 20;
    static final long GIB = 1 << 30;

    private static final double NANOS_PER_SECOND = 1e9;

    private Amounts() {}

    /** {@code 512 MiB}, {@code 12.3 GiB}. */
    static String bytes(long bytes) {
        return bytes < GIB ? bytes / MIB + " MiB" : String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIB);
    }

    /** {@code 412 MiB/s}, {@code 0.4 MiB/s}. */
    static String rate(double bytesPerSecond) {
        double mib = bytesPerSecond / MIB;
        return String.format(Locale.ROOT, mib < 10 ? "%.1f MiB/s" : "%.0f MiB/s", mib);
    }

    static double perSecond(long bytes, long nanos) {
        return bytes * NANOS_PER_SECOND / Math.max(1, nanos);
    }
}
