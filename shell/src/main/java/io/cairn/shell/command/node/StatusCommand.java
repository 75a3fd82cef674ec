package io.cairn.shell.command.node;

import io.cairn.app.CairnException;
import io.cairn.control.http.ProcessStatus;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.session.SessionSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows whether a node runs on the data directory. */
@Command(
        name = "status",
        description = "Show whether a node is running on the data directory: exit 0 if one is, 1 if not.")
public final class StatusCommand implements Callable<Integer> {
    private final SessionSource source;

    public StatusCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException {
        Output output = source.output();
        Optional<ProcessStatus> running = source.process();
        if (running.isEmpty()) {
            output.data("no node runs on " + Plain.line(source.dataDirectory().toString()));
            output.json("status", fields -> fields.bool("running", false));
            return 1;
        }
        ProcessStatus process = running.get();
        output.data("running  node " + process.node() + "  port " + process.port() + "  process " + process.pid()
                + "  version " + Plain.line(process.version()) + "  as " + Plain.line(process.mode()));
        output.json(process.json());
        return 0;
    }
}
