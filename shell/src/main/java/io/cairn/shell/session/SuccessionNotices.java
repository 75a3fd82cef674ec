package io.cairn.shell.session;

import io.cairn.control.Attachment;
import io.cairn.control.http.ProcessStatus;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import java.util.function.Consumer;

/** Reports the node that takes the place of one that has ended or was handed over. */
public final class SuccessionNotices implements Consumer<Attachment> {
    private final Output output;
    private boolean wasHere;

    /** @param isHere whether this process runs the node so far */
    public SuccessionNotices(Output output, boolean isHere) {
        this.output = output;
        this.wasHere = isHere;
    }

    @Override
    public synchronized void accept(Attachment next) {
        ProcessStatus process = next.process();
        String runs = next.isHere()
                ? "this process runs the node now"
                : "process " + process.pid() + " (" + Plain.line(process.mode()) + ") runs the node now";
        output.note(wasHere ? runs : "the node's process does not answer any more; " + runs);
        wasHere = next.isHere();
    }
}
