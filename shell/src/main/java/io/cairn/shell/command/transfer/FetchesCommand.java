package io.cairn.shell.command.transfer;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import io.cairn.app.FetchState;
import io.cairn.app.json.FetchJson;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.output.Sizes;
import io.cairn.shell.output.Table;
import io.cairn.shell.output.Table.Column;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.SessionSource.ListedFetch;
import io.cairn.shell.session.TableOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists fetches. */
@Command(name = "fetches", description = "Current and ended fetches: HASH, state, progress, name, target.")
public final class FetchesCommand implements Callable<Integer> {
    private final SessionSource source;

    @Mixin
    private final TableOptions options = new TableOptions();

    public FetchesCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException {
        options.print(
                source.output(),
                source.fetches(),
                "nothing has been fetched; to fetch: fetch HASH",
                this::table,
                FetchesCommand::tell);
        return 0;
    }

    private Table table(List<ListedFetch> fetches) {
        Table table = new Table(
                Column.whole("HASH"),
                Column.whole("STATE"),
                Column.figures("DONE"),
                Column.figures("SIZE"),
                Column.figures("RATE"),
                Column.figures("PEERS"),
                Column.text("NAME", 12),
                Column.optional("TARGET", 16));
        for (ListedFetch fetch : fetches) {
            Fetch.Status status = fetch.status();
            boolean runs = status.state() == FetchState.CHUNKS;
            table.add(
                    options.id(fetch.hash()),
                    status.state().text(),
                    status.totalBytes() > 0 ? Sizes.percent(status.verifiedBytes(), status.totalBytes()) + "%" : "-",
                    status.totalBytes() > 0 ? Sizes.bytes(status.totalBytes()) : "-",
                    runs ? Sizes.rate(status.bytesPerSecond()) : "-",
                    runs ? Sizes.count(status.peers()) : "-",
                    Plain.line(status.name()),
                    Plain.line(status.target().toString()));
        }
        return table;
    }

    private static void tell(Output output, ListedFetch fetch) {
        Fetch.Status status = fetch.status();
        output.data(fetch.hash() + "  " + status.state().text() + "  " + Sizes.bytes(status.verifiedBytes()) + " / "
                + Sizes.bytes(status.totalBytes()) + "  " + Sizes.rate(status.bytesPerSecond()) + "  "
                + Sizes.count(status.peers(), "peer") + "  " + Plain.line(status.name()) + "  "
                + Plain.line(status.target().toString()));
        output.json(FetchJson.of(fetch.options(), fetch.status()));
    }
}
