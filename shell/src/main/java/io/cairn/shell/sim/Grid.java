package io.cairn.shell.sim;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells under a header, in columns as wide as their widest cell: the first left-aligned, numbers right-aligned. */
final class Grid {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    Grid(String... header) {
        rows.add(List.of(header));
    }

    /** A row with as many cells as the header. */
    Grid row(String... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException(cells.length + " cells under " + rows.get(0));
        }
        rows.add(List.of(cells));
        return this;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                String filling = " ".repeat(width(column) - cell.length());
                line.append(column == 0 ? cell + filling : GAP + filling + cell);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
