package io.cairn.shell.chart;

/** The unit in which a time is best told. */
enum TimeAxis {
    SECONDS("seconds", 1_000),
    MINUTES("minutes", 60_000),
    HOURS("hours", 3_600_000);

    private static final int ENOUGH = 3;

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
}
