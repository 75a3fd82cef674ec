package io.cairn.shell.command.node;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.control.Attachment;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.SlowStep;
import io.cairn.shell.session.StoppedException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;

/** Ends the process that runs the node of the data directory. */
@Command(
        name = "stop",
        description = "End the process that runs the node: daemon, shell or command. Exits 0 even if none is running.")
public final class StopCommand implements Callable<Integer> {
    /** Longer than a node takes to end. */
    private static final long END_SECONDS = 10;

    private final SessionSource source;

    public StopCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        Optional<Attachment> running = SlowStep.ofProcess(source.output(), source::running);
        if (running.isEmpty()) {
            source.output().note("no node runs");
            source.output().json("stopped", fields -> fields.bool("running", false));
            return 0;
        }
        Attachment attachment = running.get();
        long pid = attachment.process().pid();
        source.stops().await(attachment.service().stop());
        if (attachment.isHere()) {
            return tell("stopping", pid, true);
        }
        await(pid);
        return tell("stopped", pid, source.process().isPresent());
    }

    /** @param isRunning whether a node runs now: this one still, or that of a process which used this one */
    private int tell(String word, long pid, boolean isRunning) {
        source.output().data(word + "  process " + pid);
        source.output()
                .json("stopped", fields -> fields.bool("running", isRunning).number("pid", pid));
        return 0;
    }

    private void await(long pid) throws CairnException, StoppedException {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isPresent()) {
            CompletableFuture<Boolean> ended = process.get()
                    .onExit()
                    .thenApply(exited -> true)
                    .completeOnTimeout(false, END_SECONDS, TimeUnit.SECONDS);
            if (!source.stops().await(ended)) {
                throw new CairnException(
                        Kind.OTHER,
                        "process " + pid + " has not ended",
                        "it was told to, " + END_SECONDS + " seconds ago",
                        "end it: kill " + pid);
            }
        }
    }
}
