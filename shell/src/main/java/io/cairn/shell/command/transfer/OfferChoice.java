package io.cairn.shell.command.transfer;

import io.cairn.app.CairnException;
import io.cairn.app.Offers.Offer;
import io.cairn.shell.output.Plain;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say for whom a share is. */
final class OfferChoice {
    @Option(
            names = "--to",
            paramLabel = "WHO",
            description =
                    "For a contact, a group or a node id alone: nobody else finds it or gets any of it. Repeatable.")
    private List<String> to = new ArrayList<>();

    @Option(
            names = "--to-link",
            description = "For anyone with its link, and members if --to names any; not for anyone who knows its hash.")
    private boolean toLink;

    @Option(
            names = "--listed",
            description =
                    "List it: nodes that browse see its name and size, and can fetch it. With --to, its members alone see it, with or without this.")
    private boolean listed;

    @Option(names = "--unlisted", description = "No longer list it. It stays shared.")
    private boolean unlisted;

    /** For whom it is; null if nothing is said of it. */
    @Nullable
    Offer offer() throws CairnException {
        if (listed && unlisted) {
            throw new CairnException(
                    CairnException.Kind.USAGE,
                    "cannot both list and not list a share",
                    "--listed puts it into the catalogue of this node, --unlisted takes it out",
                    "leave out either of them");
        }
        if (isRestricted()) {
            return new Offer(listed || !to.isEmpty() && !unlisted, to);
        }
        return listed || unlisted ? new Offer(listed, null) : null;
    }

    private boolean isRestricted() {
        return toLink || !to.isEmpty();
    }

    /** To whom a share is listed, in words. */
    static String listing(Offer offer) {
        List<String> to = offer.to();
        if (!offer.listed()) {
            return "no longer listed";
        }
        return "listed  for "
                + (to == null
                        ? "every node that asks"
                        : to.isEmpty() ? "nobody, as it has no members" : Plain.line(String.join(", ", to)) + " alone");
    }

    /** For whom a share is, in words. */
    static String text(Offer offer) {
        List<String> to = offer.to();
        if (offer.withdrawn()) {
            return "nobody, as its owner has withdrawn it";
        }
        if (to == null) {
            return "anyone who knows its hash";
        }
        return to.isEmpty() ? "anyone with its link" : Plain.line(String.join(", ", to)) + ", and anyone with its link";
    }

    /** Refuses what does not go with these options. */
    void refuseWith(@Nullable String watch) throws CairnException {
        if (watch != null && isRestricted()) {
            throw new CairnException(
                    CairnException.Kind.USAGE,
                    "cannot both choose for whom it is and watch it",
                    "a version that --watch shares is for whom the one before it was",
                    "share it with --to first, then again with --watch " + watch);
        }
    }
}
