package io.cairn.shell.session;

import io.cairn.shell.output.Output;
import io.cairn.shell.output.Table;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** How a list is shown on a terminal. Elsewhere, lists are lines for programs. */
public final class TableOptions {
    private static final int SHORT_DIGITS = 8;

    @Option(
            names = "--full",
            description = "Show whole hashes, names and paths, even where they do not fit the terminal.")
    private boolean full;

    /** A hash or node id as a table shows it. Its first digits name it in the other commands too. */
    public String id(Object hash) {
        String digits = hash.toString();
        return full ? digits : digits.substring(0, Math.min(SHORT_DIGITS, digits.length()));
    }

    /**
     * Prints a list: as a table on a terminal, as a line each elsewhere.
     *
     * @param none the note if it is empty
     */
    public <T> void print(
            Output output, List<T> rows, String none, Function<List<T>, Table> table, BiConsumer<Output, T> line) {
        if (rows.isEmpty()) {
            output.note(none);
        } else if (output.isTabular()) {
            table.apply(rows).lines(full ? Integer.MAX_VALUE : output.columns()).forEach(output::data);
        } else {
            rows.forEach(row -> line.accept(output, row));
        }
    }
}
