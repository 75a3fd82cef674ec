package io.cairn.shell.command.directory;

import io.cairn.app.CairnException;
import io.cairn.app.Catalogue.Browse;
import io.cairn.app.Catalogue.Browsed;
import io.cairn.app.Catalogue.Heard;
import io.cairn.app.Operation;
import io.cairn.app.Subscription;
import io.cairn.app.json.people.ListingJson;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Sizes;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what other nodes list. */
@Command(
        name = "browse",
        description = "Show what other nodes list: HASH, size, kind, who, since, name, one per line.",
        footer = {
            "",
            "Example: cairn browse holiday 2026",
            "Asks the nodes of the local network, contacts, and peers with a session.",
            "Lists nothing of this node; share --listed does. To fetch what is listed:",
            "cairn fetch HASH, or words of the name that fit nothing else."
        })
public final class BrowseCommand implements Callable<Integer> {
    private final SessionSource source;

    @Parameters(
            arity = "0..*",
            paramLabel = "[PEER] [WORD...]",
            hideParamSyntax = true,
            description =
                    "First, the only node to ask: a contact or group, or a node id, its first six digits or its short form."
                            + " Then words, in any case; the names shown have all of them.")
    private List<String> words = new ArrayList<>();

    public BrowseCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        try (Session session = source.open()) {
            Output output = session.output();
            Operation<Heard, Browsed> browsing = session.node().catalogue().browse(new Browse(words));
            ListedLines lines = new ListedLines(output);
            Subscription hearing = browsing.events(lines::tell);
            try {
                Browsed browsed = session.await("browse", "asking what is listed", browsing.completion());
                tell(output, browsed, browsed.entries() - lines.count());
                return 0;
            } finally {
                hearing.close();
                browsing.completion().cancel(false);
            }
        }
    }

    private static void tell(Output output, Browsed browsed, int missed) {
        output.note("asked " + Sizes.count(browsed.asked(), "node") + ", " + browsed.answered() + " answered, "
                + Sizes.count(browsed.entries(), "entry", "entries") + ", " + Sizes.duration(browsed.millis()));
        if (browsed.cutOff() > 0) {
            output.warning(
                    browsed.cutOff() == 1
                            ? "the catalogue of one node is too large or damaged; only a part of it is shown"
                            : "the catalogues of " + browsed.cutOff()
                                    + " nodes are too large or damaged; only a part of them is shown");
        }
        if (missed > 0) {
            output.warning(Sizes.count(missed, "entry", "entries")
                    + " could not be printed as fast as they arrived; browse with words, or one node");
        }
        output.json(ListingJson.of(browsed));
    }
}
