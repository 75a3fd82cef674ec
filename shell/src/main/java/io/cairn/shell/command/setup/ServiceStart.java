package io.cairn.shell.command.setup;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.control.Attachment;
import io.cairn.control.http.ProcessStatus;
import io.cairn.shell.output.Plain;
import io.cairn.shell.session.LastWords;
import io.cairn.shell.session.NodeStart;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The start of the service, until its node answers or the reason is known why it does not. */
final class ServiceStart implements NodeStart {
    private static final String JOURNAL = "journalctl --user -u " + ServiceUnit.NAME;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Systemctl systemctl;
    private ServiceState state;
    private long lookedNanos = System.nanoTime();

    private ServiceStart(Systemctl systemctl, ServiceState state) {
        this.systemctl = systemctl;
        this.state = state;
    }

    /**
     * Waits for the node of the service that has just been started.
     *
     * @throws CairnException with the reason from the journal if it does not answer
     */
    static ProcessStatus await(SessionSource source, Systemctl systemctl)
            throws CairnException, StoppedException, InterruptedException {
        ServiceStart start = new ServiceStart(systemctl, ServiceState.ask(systemctl));
        Optional<Attachment> answering = NodeStart.await(source, start);
        if (answering.isEmpty()) {
            throw start.failure();
        }
        try (Attachment attachment = answering.get()) {
            return attachment.process();
        }
    }

    @Override
    public boolean isOver() throws CairnException, InterruptedException {
        if (System.nanoTime() - lookedNanos > LOOK_NANOS) {
            state = ServiceState.ask(systemctl);
            lookedNanos = System.nanoTime();
        }
        return state.isOver();
    }

    @Override
    public boolean isOf(ProcessStatus process) {
        return state.mainPid().equals(String.valueOf(process.pid()));
    }

    private CairnException failure() throws CairnException, InterruptedException {
        LastWords words = LastWords.in(systemctl.journal(state.invocation()));
        String why = state.isOver()
                ? words.why().orElse("its process ended with code " + state.exitStatus())
                : "it does not answer after " + READY_SECONDS + " seconds";
        return new CairnException(
                Kind.OTHER,
                "the service is installed, but its node does not run",
                Plain.line(why),
                Plain.line(words.next()
                        .map(advice -> advice + "; see also: " + JOURNAL)
                        .orElse("see: " + JOURNAL)));
    }
}
