package io.cairn.shell.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows under headers, two spaces between columns, fitted to a width: wide texts are cut in the middle, and what is least important is
 * left out where nothing legible would remain.
 */
public final class Table {
    private static final String GAP = "  ";

    private final List<Column> columns;
    private final List<String[]> rows = new ArrayList<>();

    public Table(Column... columns) {
        this.columns = List.of(columns);
    }

    /**
     * A column.
     *
     * @param rightAligned for figures
     * @param columnsMin how narrow it may become; 0 if it is never cut
     * @param optional whether it is left out if it had to become narrower
     */
    public record Column(String header, boolean rightAligned, int columnsMin, boolean optional) {
        /** Never cut. */
        public static Column whole(String header) {
            return new Column(header, false, 0, false);
        }

        /** Never cut; ends at the column's right edge. */
        public static Column figures(String header) {
            return new Column(header, true, 0, false);
        }

        /** Cut in the middle, to no less than a width. */
        public static Column text(String header, int columnsMin) {
            return new Column(header, false, columnsMin, false);
        }

        /** The same; left out where it would be cut to less than a width. */
        public static Column optional(String header, int columnsMin) {
            return new Column(header, false, columnsMin, true);
        }
    }

    /** Adds a row: a text for each column. */
    public void add(String... texts) {
        if (texts.length != columns.size()) {
            throw new IllegalArgumentException(texts.length + " texts for " + columns.size() + " columns");
        }
        rows.add(texts);
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The header and the rows, none wider than a number of columns unless what is never cut is. */
    public List<String> lines(int width) {
        int[] widths = widths(width);
        List<String> lines = new ArrayList<>();
        lines.add(line(columns.stream().map(Column::header).toArray(String[]::new), widths));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    /** The width of each column; 0 if it is left out. */
    private int[] widths(int width) {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = rows.stream()
                    .mapToInt(row -> Cells.of(row[column]))
                    .reduce(Cells.of(columns.get(i).header()), Math::max);
        }
        for (int i = widths.length - 1; i >= 0; i--) {
            if (columns.get(i).optional() && beyond(widths, width) > slack(widths)) {
                widths[i] = 0;
            }
        }
        for (int over = beyond(widths, width); over > 0 && slack(widths) > 0; over--) {
            widths[widest(widths)]--;
        }
        return widths;
    }

    private static int beyond(int[] widths, int width) {
        int shown = (int) Arrays.stream(widths).filter(column -> column > 0).count();
        return Arrays.stream(widths).sum() + GAP.length() * (shown - 1) - width;
    }

    /** By how much the columns that may be cut can become narrower. */
    private int slack(int[] widths) {
        int slack = 0;
        for (int i = 0; i < widths.length; i++) {
            slack += slack(widths, i);
        }
        return slack;
    }

    private int slack(int[] widths, int column) {
        int columnsMin = columns.get(column).columnsMin();
        return columnsMin == 0 ? 0 : Math.max(0, widths[column] - columnsMin);
    }

    /** The widest column that may still be cut. */
    private int widest(int[] widths) {
        int widest = -1;
        for (int i = 0; i < widths.length; i++) {
            if (slack(widths, i) > 0 && (widest < 0 || widths[i] >= widths[widest])) {
                widest = i;
            }
        }
        return widest;
    }

    private String line(String[] texts, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < texts.length; i++) {
            if (widths[i] > 0) {
                String text = columns.get(i).columnsMin() == 0 ? texts[i] : Cells.cutMiddle(texts[i], widths[i]);
                line.append(line.length() == 0 ? "" : GAP)
                        .append(
                                columns.get(i).rightAligned()
                                        ? Cells.padLeft(text, widths[i])
                                        : Cells.pad(text, widths[i]));
            }
        }
        return line.toString().stripTrailing();
    }
}
