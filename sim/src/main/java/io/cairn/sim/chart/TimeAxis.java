package io.cairn.sim.chart;

import java.util.Locale;

/** The unit that suits a time axis. */
enum TimeAxis {
    SECONDS("seconds", 1_000),
    MINUTES("minutes:seconds", 60_000),
    HOURS("hours:minutes", 3_600_000);

    private static final int ENOUGH = 3;
    private static final int PARTS = 60; // of a minute, of an hour

    private final String title;
    private final double unitMillis;

    TimeAxis(String title, double unitMillis) {
        this.title = title;
        this.unitMillis = unitMillis;
    }

    static TimeAxis of(long durationMillis) {
        if (durationMillis > ENOUGH * HOURS.unitMillis) {
            return HOURS;
        }
        return durationMillis > ENOUGH * MINUTES.unitMillis ? MINUTES : SECONDS;
    }

    String title() {
        return title;
    }

    double at(long millis) {
        return millis / unitMillis;
    }

    /** The label of a mark: {@code 40}, or {@code 1:20}. */
    String label(double value) {
        if (this == SECONDS) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        long parts = Math.round(value * PARTS);
        return String.format(Locale.ROOT, "%d:%02d", parts / PARTS, parts % PARTS);
    }
}
