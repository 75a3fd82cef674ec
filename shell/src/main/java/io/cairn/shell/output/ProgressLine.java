package io.cairn.shell.output;

import io.cairn.app.FetchEvent;

/** Lays out a line that is redrawn in place: label, bar, per cent, figures; parts that do not fit are dropped, least important first. */
public final class ProgressLine {
    private static final int BAR_COLUMNS = 24;
    private static final int BAR_COLUMNS_MIN = 6;
    private static final int LABEL_COLUMNS = Stage.COLUMNS;

    private ProgressLine() {}

    /** {@code chunks     ━━━━━━  61%  836.2 MiB / 1.37 GiB  412 MiB/s  3 peers  ETA 1s}. */
    public static String fetch(FetchEvent.Progress progress, int columns) {
        String amount = Sizes.bytes(progress.verifiedBytes()) + " / " + Sizes.bytes(progress.totalBytes());
        String eta = progress.etaMillis() > 0 ? "ETA " + Sizes.remaining(progress.etaMillis()) : "";
        return layOut(
                "chunks",
                progress.verifiedBytes(),
                progress.totalBytes(),
                columns,
                amount,
                Sizes.rate(progress.bytesPerSecond()),
                Sizes.count(progress.peers(), "peer"),
                eta);
    }

    /** {@code hashing    ━━━━━━  61%  836.2 MiB / 1.37 GiB}. */
    public static String bytes(String label, long done, long total, int columns) {
        return layOut(label, done, total, columns, Sizes.bytes(done) + " / " + Sizes.bytes(total));
    }

    /** {@code third-dies  ━━━━━━  61%}. */
    public static String part(String label, long done, long total, int columns) {
        return layOut(label + " ", done, total, columns);
    }

    private static String layOut(String label, long done, long total, int columns, String... figures) {
        int percent = percent(done, total);
        StringBuilder tail = new StringBuilder(String.format("  %3d%%", percent));
        int room = columns - 1 - LABEL_COLUMNS - BAR_COLUMNS_MIN; // the last column stays free, or some terminals wrap
        for (String figure : figures) {
            if (!figure.isEmpty() && tail.length() + 2 + figure.length() <= room) {
                tail.append("  ").append(figure);
            }
        }
        int bar = Math.min(BAR_COLUMNS, columns - 1 - LABEL_COLUMNS - tail.length());
        if (bar < BAR_COLUMNS_MIN) {
            String narrow = label + tail;
            return narrow.substring(0, Math.min(narrow.length(), Math.max(0, columns - 1)));
        }
        int filled = bar * percent / 100;
        return Stage.label(label) + "━".repeat(filled) + "─".repeat(bar - filled) + tail;
    }

    /** Rounded down: 100 means done. */
    private static int percent(long done, long total) {
        return total <= 0 ? 100 : (int) Math.min(100, 100.0 * done / total);
    }
}
