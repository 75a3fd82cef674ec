package io.cairn.shell.command.transfer;

import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.app.Node.Share;
import io.cairn.app.Offers.Offer;
import io.cairn.app.Offers.Offered;
import io.cairn.app.Reason;
import io.cairn.app.json.people.OfferJson;
import io.cairn.dht.id.Key;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows and changes for whom a share is. */
@Command(
        name = "audience",
        description = "Show or change for whom a share is, without hashing it again.",
        footer = {
            "",
            "Example: cairn audience film.mkv --add ann --add lab",
            "Who is removed loses access at once, as do holders of the link that",
            "was printed before: the share gets another secret and another link.",
            "Members that serve it on follow when they hear of it, within an hour."
        })
public final class AudienceCommand implements Callable<Integer> {
    private final SessionSource source;

    @Parameters(paramLabel = "HASH", description = "The hash or name of a share.")
    private String hash = "";

    @Option(
            names = "--add",
            paramLabel = "WHO",
            description =
                    "Also for a contact, a group or a node id; an open share is then for these alone. Repeatable.")
    private List<String> add = new ArrayList<>();

    @Option(names = "--remove", paramLabel = "WHO", description = "No longer for one of its members. Repeatable.")
    private List<String> remove = new ArrayList<>();

    @Option(
            names = "--to-link",
            description = "For its members and anyone with its link; not for anyone who knows its hash.")
    private boolean toLink;

    @Option(names = "--open", description = "For anyone who knows its hash.")
    private boolean open;

    public AudienceCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        if (open && (toLink || !add.isEmpty() || !remove.isEmpty())) {
            throw new CairnException(
                    CairnException.Kind.USAGE,
                    "cannot both open the share and choose for whom it is",
                    "--open makes it one for anyone who knows its hash",
                    "leave out --open, or the other options");
        }
        try (Session session = source.open()) {
            Node node = session.node();
            Share share = named(session);
            Offer before = node.offers().of(share.hash());
            Offer after = changed(before);
            tell(
                    session.output(),
                    after.equals(before)
                            ? new Offered(
                                    share.hash(),
                                    share.name(),
                                    before,
                                    node.link(share.hash()).orElse(""))
                            : session.await(
                                    "audience",
                                    "changing for whom it is",
                                    node.offers().change(share.hash(), after)));
            return 0;
        }
    }

    private Offer changed(Offer before) throws CairnException {
        if (open) {
            return new Offer(before.listed(), null);
        }
        List<String> to = before.to();
        Set<String> members = new LinkedHashSet<>(to == null ? List.of() : to);
        for (String gone : remove) {
            if (!members.remove(gone)) {
                throw new CairnException(
                        CairnException.Kind.USAGE,
                        "cannot remove " + gone,
                        "the share is for " + OfferChoice.text(before),
                        "write it as it stands there");
            }
        }
        members.addAll(add);
        boolean isOpen = to == null && add.isEmpty() && !toLink;
        boolean isWithdrawn = before.withdrawn() && members.isEmpty(); // its owner decides until it is for others here
        return new Offer(before.listed(), isOpen ? null : List.copyOf(members), isWithdrawn);
    }

    private Share named(Session session) throws CairnException, StoppedException {
        List<Share> shares = session.node().shares();
        List<Share> called =
                shares.stream().filter(share -> share.name().equals(hash)).toList();
        Key meant = called.size() == 1
                ? called.get(0).hash()
                : session.resolve(hash).hash();
        return shares.stream()
                .filter(share -> share.hash().equals(meant))
                .findFirst()
                .orElseThrow(() -> new CairnException(
                        CairnException.Kind.OTHER,
                        "cannot say for whom " + meant + " is",
                        "this node does not share it",
                        Reason.LIST_THE_SHARES.says("list its shares").and("hash", meant)));
    }

    private static void tell(Output output, Offered offered) {
        output.data(offered.hash() + "  " + Plain.line(offered.name()) + "  for " + OfferChoice.text(offered.offer())
                + (offered.offer().listed() ? "  (listed)" : ""));
        if (!offered.link().isEmpty()) {
            output.note("link    " + output.pasteable(offered.link()));
        }
        output.json(OfferJson.of(offered));
    }
}
