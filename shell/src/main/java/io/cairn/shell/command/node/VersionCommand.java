package io.cairn.shell.command.node;

import io.cairn.app.Version;
import io.cairn.shell.session.SessionSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the version. */
@Command(name = "version", description = "The version of the program.")
public final class VersionCommand implements Callable<Integer> {
    private final SessionSource source;

    public VersionCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() {
        source.output().data("cairn " + Version.NUMBER);
        source.output().json("version", fields -> fields.text("version", Version.NUMBER));
        return 0;
    }
}
