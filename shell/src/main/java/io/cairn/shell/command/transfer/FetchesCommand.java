package io.cairn.shell.command.transfer;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import io.cairn.app.json.FetchJson;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.output.Sizes;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.SessionSource.ListedFetch;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists fetches. */
@Command(name = "fetches", description = "Current and ended fetches: HASH, state, progress, name, target.")
public final class FetchesCommand implements Callable<Integer> {
    private final SessionSource source;

    public FetchesCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException {
        List<ListedFetch> fetches = source.fetches();
        for (ListedFetch fetch : fetches) {
            tell(source.output(), fetch);
        }
        if (fetches.isEmpty()) {
            source.output().note("nothing has been fetched; fetch HASH does it");
        }
        return 0;
    }

    private static void tell(Output output, ListedFetch fetch) {
        Fetch.Status status = fetch.status();
        output.data(fetch.options().target().hash() + "  " + status.state().text() + "  " + Sizes.bytes(status.verifiedBytes()) + " / "
                + Sizes.bytes(status.totalBytes()) + "  " + Sizes.rate(status.bytesPerSecond()) + "  "
                + Sizes.count(status.peers(), "peer") + "  " + Plain.line(status.name()) + "  "
                + Plain.line(status.target().toString()));
        output.json(FetchJson.of(fetch.options(), fetch.status()));
    }
}
