package io.cairn.shell.command.transfer;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import io.cairn.app.json.FetchJson;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.output.Sizes;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
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
        try (Session session = source.open()) {
            for (Fetch fetch : session.node().fetches()) {
                tell(session.output(), fetch);
            }
            if (session.node().fetches().isEmpty()) {
                session.output().note("nothing has been fetched; fetch HASH does it");
            }
            return 0;
        }
    }

    private static void tell(Output output, Fetch fetch) {
        Fetch.Status status = fetch.status();
        output.data(fetch.hash() + "  " + status.state().text() + "  " + Sizes.bytes(status.verifiedBytes()) + " / "
                + Sizes.bytes(status.totalBytes()) + "  " + Sizes.rate(status.bytesPerSecond()) + "  "
                + Sizes.count(status.peers(), "peer") + "  " + Plain.line(status.name()) + "  "
                + Plain.line(status.target().toString()));
        output.json(FetchJson.of(fetch));
    }
}
