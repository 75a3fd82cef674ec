package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.shell.output.Output;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import io.cairn.shell.sim.SimCommand;
import io.cairn.shell.sim.SimConsole;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;

/** The verb {@code sim} of this program. Its help omits the common options, since most do not apply. */
record SimVerb(SessionSource source) implements SimConsole {
    static CommandLine with(SessionSource source) {
        return SimCommand.with(new SimVerb(source));
    }

    @Override
    public Output output() {
        return source.output();
    }

    @Override
    public <T> T await(CompletableFuture<T> future) throws CairnException, StoppedException {
        return source.stops().await(future);
    }
}
