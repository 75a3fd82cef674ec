package io.cairn.shell.session;

import io.cairn.control.Attachment;
import io.cairn.shell.output.Output;
import java.util.function.Consumer;

/** Reports the node that takes the place of one that has ended. */
public final class SuccessionNotices implements Consumer<Attachment> {
    private final Output output;

    public SuccessionNotices(Output output) {
        this.output = output;
    }

    @Override
    public void accept(Attachment next) {
        output.note(
                next.isHere()
                        ? "the node's process does not answer any more; this process runs the node now"
                        : "the node's process does not answer any more; process "
                                + next.process().pid() + " runs the node now");
    }
}
