package io.cairn.shell.command.transfer;

import io.cairn.app.CairnException;
import io.cairn.transfer.content.OnExisting;
import picocli.CommandLine.Option;

/** The options that say what happens to a file that is at the target. */
public final class ExistingChoice {
    @Option(names = "--overwrite", description = "Replace what is at the target once the new copy is verified.")
    private boolean overwrite;

    @Option(names = "--rename", description = "If the target exists, take the next free name: NAME (1).")
    private boolean rename;

    /** @throws CairnException of kind USAGE if both are given */
    public OnExisting onExisting() throws CairnException {
        if (overwrite && rename) {
            throw new CairnException(
                    CairnException.Kind.USAGE,
                    "cannot both overwrite and rename",
                    "--overwrite replaces what is there, --rename leaves it",
                    "leave out one of them");
        }
        return overwrite ? OnExisting.OVERWRITE : rename ? OnExisting.RENAME : OnExisting.REFUSE;
    }
}
