package io.cairn.shell.command.transfer;

import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.output.Sizes;
import io.cairn.transfer.content.ScanNotes;

/** Warns of entries that a share leaves out and of names that some systems cannot hold: the first of each kind and a count. */
final class ShareWarnings {
    private ShareWarnings() {}

    static void tell(Output output, ScanNotes notes) {
        if (notes.leftOut().count() > 0) {
            output.warning("left out: " + first(notes.leftOut()) + "; --strict refuses instead");
        }
        if (notes.unportable().count() > 0) {
            output.warning("not every system can hold: " + first(notes.unportable())
                    + "; a receiver that cannot writes it with %-codes");
        }
    }

    private static String first(ScanNotes.Noted noted) {
        ScanNotes.Entry first = noted.first().get(0);
        int more = noted.count() - 1;
        return Plain.line(first.path()) + " (" + Plain.line(first.reason()) + ")"
                + (more == 0 ? "" : " and " + Sizes.count(more) + " more");
    }
}
