package io.cairn.shell.output;

import io.cairn.app.FetchEvent;
import java.util.List;

/**
 * Progress towards a known end: label, bar, per cent, figures; figures that do not fit are dropped, least important first.
 *
 * @param named whether the label is a name, which gets more room
 */
record ProgressLine(String label, boolean named, int percent, List<String> figures) implements LiveLine {
    private static final int BAR_COLUMNS = 24;
    private static final int BAR_COLUMNS_MIN = 6;
    private static final String DONE = "━";

    /** Not the plain line (U+2500): JLine writes that as a letter of another character set. */
    private static final String LEFT = "╌";

    private static final int NAME_COLUMNS_MIN = 12;
    private static final int NAME_COLUMNS_MAX = 40;

    /** {@code chunks     ━━━━━━  61%  836.2 MiB / 1.37 GiB  412 MiB/s  3 peers  ETA 1s}. */
    static ProgressLine fetch(FetchEvent.Progress progress) {
        return fetch("chunks", false, progress);
    }

    /** The same with a name in front. */
    static ProgressLine fetch(String name, FetchEvent.Progress progress) {
        return fetch(name, true, progress);
    }

    private static ProgressLine fetch(String label, boolean named, FetchEvent.Progress progress) {
        return new ProgressLine(
                label,
                named,
                Sizes.percent(progress.verifiedBytes(), progress.totalBytes()),
                List.of(
                        amount(progress.verifiedBytes(), progress.totalBytes()),
                        Sizes.rate(progress.bytesPerSecond()),
                        Sizes.count(progress.peers(), "peer"),
                        progress.etaMillis() > 0 ? "ETA " + Sizes.remaining(progress.etaMillis()) : ""));
    }

    /** {@code hashing    ━━━━━━  61%  836.2 MiB / 1.37 GiB}. */
    static ProgressLine bytes(String label, long done, long total) {
        return new ProgressLine(label, false, Sizes.percent(done, total), List.of(amount(done, total)));
    }

    /** {@code third-dies  ━━━━━━  61%}. */
    static ProgressLine part(String label, long done, long total) {
        return new ProgressLine(label + " ", false, Sizes.percent(done, total), List.of());
    }

    /** A name, cut in the middle, in the room that lines of several things give it. */
    static String named(String name, int columns) {
        int room = Math.max(NAME_COLUMNS_MIN, Math.min(NAME_COLUMNS_MAX, columns * 3 / 10));
        return Cells.pad(Cells.cutMiddle(name, room), room) + "  ";
    }

    @Override
    public String fit(int columns) {
        String front = named ? named(label, columns) : Stage.label(label);
        StringBuilder tail = new StringBuilder(String.format("  %3d%%", percent));
        int barMost = named ? Math.max(BAR_COLUMNS_MIN, Math.min(BAR_COLUMNS, columns / 10)) : BAR_COLUMNS;
        int room = columns - 1 - Cells.of(front) - (named ? barMost : BAR_COLUMNS_MIN);
        for (String figure : figures) {
            if (tail.length() + 2 + figure.length() > room) {
                break;
            }
            tail.append(figure.isEmpty() ? "" : "  ").append(figure);
        }
        int bar = Math.min(barMost, columns - 1 - Cells.of(front) - tail.length());
        if (bar < BAR_COLUMNS_MIN) {
            return Cells.cut(Cells.cutMiddle(label, Math.max(0, columns - 1 - tail.length())) + tail, columns - 1);
        }
        int filled = bar * percent / 100;
        return front + DONE.repeat(filled) + LEFT.repeat(bar - filled) + tail;
    }

    @Override
    public String plain() {
        StringBuilder line = new StringBuilder(named ? label + "  " : Stage.label(label));
        line.append(percent).append('%');
        figures.stream()
                .filter(figure -> !figure.isEmpty())
                .forEach(figure -> line.append("  ").append(figure));
        return line.toString();
    }

    private static String amount(long done, long total) {
        return Sizes.bytes(done) + " / " + Sizes.bytes(total);
    }
}
