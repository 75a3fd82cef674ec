package io.cairn.shell.command.directory;

import io.cairn.app.Values;
import io.cairn.shell.output.Output;

/** What is said of a value that was written. */
final class Stored {
    private Stored() {}

    static void tell(Output output, Values.Written written) {
        boolean isAlone = written.storedOn() == 0 || written.targets() == 1;
        output.note(
                isAlone
                        ? "kept here, and sent when a node of the network is reached  sequence " + written.sequence()
                        : "stored on " + written.storedOn() + "/" + written.targets() + " nodes  sequence "
                                + written.sequence());
        output.data(written.name().toString());
    }
}
