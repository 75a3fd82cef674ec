package io.cairn.shell.command.transfer;

import io.cairn.app.CairnException;
import io.cairn.app.Offers.Offer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether a share is in this node's catalogue, which others browse. */
final class ListedOption {
    @Option(names = "--listed", description = "List it: nodes that browse see its name and size, and can fetch it.")
    private boolean listed;

    @Option(names = "--unlisted", description = "No longer list it. It stays shared.")
    private boolean unlisted;

    /** For whom the share is from now on; null if nothing is said of it. */
    @Nullable
    Offer offer() throws CairnException {
        if (listed && unlisted) {
            throw new CairnException(
                    CairnException.Kind.USAGE,
                    "cannot both list and not list a share",
                    "--listed puts it into the catalogue of this node, --unlisted takes it out",
                    "leave out either of them");
        }
        return listed || unlisted ? new Offer(listed, null) : null;
    }

    /** To whom a share is listed, in words. */
    static String text(Offer offer) {
        List<String> to = offer.to();
        if (!offer.listed()) {
            return "no longer listed";
        }
        return "listed  for " + (to == null ? "every node that asks" : String.join(", ", to) + " alone");
    }
}
