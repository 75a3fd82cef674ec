package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.app.Node.Share;
import io.cairn.shell.output.Plain;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stops sharing. */
@Command(name = "unshare", description = "Stop sharing; the files stay.")
final class UnshareCommand implements Callable<Integer> {
    private final SessionSource source;

    @Parameters(paramLabel = "HASH", description = "The hash or name of a share.")
    private String hash = "";

    UnshareCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        try (Session session = source.open()) {
            Share share =
                    session.await(session.node().unshare(session.resolve(hash).hash()));
            session.output().data("unshared  " + share.hash() + "  " + Plain.line(share.name()));
            session.output()
                    .json(
                            "unshared",
                            fields -> fields.text("hash", share.hash())
                                    .text("name", share.name())
                                    .text("path", share.path()));
            return 0;
        }
    }
}
