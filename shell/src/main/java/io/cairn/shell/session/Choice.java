package io.cairn.shell.session;

import io.cairn.app.CairnException;
import io.cairn.app.Catalogue.Match;
import io.cairn.app.Catalogue.Matches;
import io.cairn.app.Fetch;
import io.cairn.app.FetchTarget;
import io.cairn.app.Node.Share;
import io.cairn.app.work.TargetResolver;
import io.cairn.dht.id.Key;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.output.Sizes;
import io.cairn.shell.output.Table;
import io.cairn.shell.output.Table.Column;
import io.cairn.shell.session.SessionSource.Asking;
import io.cairn.shell.session.SessionSource.ListedFetch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lets the user choose one of the shares that a text may mean, by its number in a list. */
public final class Choice {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]?");

    private Choice() {}

    /**
     * One of several listed shares, with all that their nodes say of it.
     *
     * @param asking null where nobody can answer
     * @param several the failure that names them
     * @throws CairnException that failure if nobody chooses
     */
    static FetchTarget listed(@Nullable Asking asking, Output output, Matches found, CairnException several)
            throws CairnException, StoppedException {
        List<Row> rows = found.first().stream()
                .map(match -> new Row(match.target(), of(match)))
                .toList();
        return among(asking, output, "OF", rows, found.count(), several);
    }

    /**
     * The hash that a text means where several shares or fetches known to the node have this name or prefix.
     *
     * @param refused why the text could not be resolved
     * @throws CairnException the same if it has another reason, or nobody chooses
     */
    static Key known(
            @Nullable Asking asking,
            Output output,
            Lister<Share> shares,
            Lister<ListedFetch> fetches,
            CairnException refused)
            throws CairnException, StoppedException {
        Object hashes = refused.facts().get(TargetResolver.CANDIDATES);
        if (asking == null || hashes == null) {
            throw refused;
        }
        Map<Key, Row> rows = new LinkedHashMap<>();
        for (String hash : hashes.toString().split(" ", -1)) {
            Key key = Key.fromHex(hash);
            rows.put(key, new Row(new FetchTarget(key, "", -1, List.of()), ""));
        }
        for (ListedFetch fetch : fetches.list()) {
            rows.computeIfPresent(
                    fetch.hash(),
                    (hash, row) -> new Row(
                            new FetchTarget(hash, fetch.status().name(), knownSize(fetch.status()), List.of()),
                            "fetch"));
        }
        for (Share share : shares.list()) {
            rows.computeIfPresent(
                    share.hash(),
                    (hash, row) -> new Row(new FetchTarget(hash, share.name(), share.size(), List.of()), "share"));
        }
        int count = refused.facts().get(TargetResolver.CANDIDATE_COUNT) instanceof Number all ? all.intValue() : 0;
        return among(asking, output, "KIND", new ArrayList<>(rows.values()), count, refused)
                .hash();
    }

    /** The same, for a command that has no node. */
    public static Key known(SessionSource source, CairnException refused) throws CairnException, StoppedException {
        return known(source.asking().orElse(null), source.output(), source::shares, source::fetches, refused);
    }

    /** Reads a list of the node. */
    @FunctionalInterface
    interface Lister<T> {
        List<T> list() throws CairnException;
    }

    /**
     * A line of the list.
     *
     * @param about who lists it, or what it is here
     */
    private record Row(FetchTarget target, String about) {}

    /** -1 until the manifest has arrived. */
    private static long knownSize(Fetch.Status status) {
        return status.totalBytes() > 0 ? status.totalBytes() : -1;
    }

    private static String of(Match match) {
        return match.who() + (match.nodes() > 1 ? " and " + (match.nodes() - 1) + " more" : "");
    }

    /** @param header of the column that tells {@link Row#about} */
    private static FetchTarget among(
            @Nullable Asking asking, Output output, String header, List<Row> rows, int count, CairnException several)
            throws CairnException, StoppedException {
        if (asking == null || output.isQuiet()) { // which shows no list
            throw several;
        }
        output.note(Plain.line(several.why()) + ":");
        table(header, rows).lines(output.columns()).forEach(output::note);
        if (count > rows.size()) {
            output.note("and " + Sizes.count(count - rows.size(), "more", "more") + ", not shown here");
        }
        String answer = asking.answer("Which one? [1-" + rows.size() + "] ").strip();
        int number = NUMBER.matcher(answer).matches() ? Integer.parseInt(answer) : 0;
        if (number < 1 || number > rows.size()) {
            throw new CairnException(
                    several.kind(),
                    String.valueOf(several.getMessage()),
                    answer.isEmpty()
                            ? "no number was entered"
                            : "\"" + answer + "\" is not a number from 1 to " + rows.size(),
                    several.advice());
        }
        return rows.get(number - 1).target();
    }

    private static Table table(String header, List<Row> rows) {
        Table table = new Table(
                Column.figures("NR"),
                Column.whole("HASH"),
                Column.figures("SIZE"),
                Column.text("NAME", 12),
                Column.text(header, 8));
        TableOptions options = new TableOptions();
        for (int i = 0; i < rows.size(); i++) {
            FetchTarget target = rows.get(i).target();
            table.add(
                    String.valueOf(i + 1),
                    options.id(target.hash()),
                    target.size() < 0 ? "" : Sizes.bytes(target.size()),
                    Plain.line(target.name()),
                    Plain.line(rows.get(i).about()));
        }
        return table;
    }
}
