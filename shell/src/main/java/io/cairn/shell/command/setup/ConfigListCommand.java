package io.cairn.shell.command.setup;

import io.cairn.app.CairnException;
import io.cairn.shell.session.SessionSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows the settings and their sources. */
@Command(name = "list", description = "List every setting with its value and source.")
final class ConfigListCommand implements Callable<Integer> {
    private final SessionSource source;

    ConfigListCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException {
        return ConfigCommand.list(source);
    }
}
