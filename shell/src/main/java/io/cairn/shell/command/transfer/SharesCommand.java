package io.cairn.shell.command.transfer;

import io.cairn.app.CairnException;
import io.cairn.app.Node.Share;
import io.cairn.app.json.ShareJson;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.output.Sizes;
import io.cairn.shell.output.Table;
import io.cairn.shell.output.Table.Column;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.TableOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists shares. */
@Command(name = "shares", description = "List what this node shares: HASH, size, sent, name, path.")
public final class SharesCommand implements Callable<Integer> {
    private final SessionSource source;

    @Mixin
    private final TableOptions options = new TableOptions();

    public SharesCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException {
        options.print(
                source.output(),
                source.shares(),
                "nothing is shared; to share: share PATH",
                this::table,
                SharesCommand::tell);
        return 0;
    }

    private Table table(List<Share> shares) {
        Table table = new Table(
                Column.whole("HASH"),
                Column.figures("SIZE"),
                Column.figures("SENT"),
                Column.whole("STATE"),
                Column.text("FOR", 8),
                Column.whole("LISTED"),
                Column.text("NAME", 12),
                Column.optional("PATH", 16));
        for (Share share : shares) {
            table.add(
                    options.id(share.hash()),
                    Sizes.bytes(share.size()),
                    Sizes.bytes(share.uploadedBytes()),
                    share.trouble() == null
                            ? share.available() ? "offered" : "changed"
                            : share.available() ? "unreadable" : "not offered",
                    isFor(share),
                    share.offer().listed() ? "yes" : "no",
                    Plain.line(share.name()),
                    Plain.line(share.path().toString()));
        }
        return table;
    }

    private static void tell(Output output, Share share) {
        output.data(share.hash() + "  " + Sizes.bytes(share.size()) + "  sent " + Sizes.bytes(share.uploadedBytes())
                + "  " + Plain.line(share.name()) + "  "
                + Plain.line(share.path().toString()) + state(share)
                + isForSome(share)
                + (share.offer().listed() ? "  (listed)" : ""));
        output.json(ShareJson.of(share));
    }

    private static String isForSome(Share share) {
        if (share.offer().withdrawn()) {
            return "  (withdrawn by its owner: served to nobody)";
        }
        return share.offer().isRestricted() ? "  (for " + OfferChoice.text(share.offer()) + ")" : "";
    }

    private static String isFor(Share share) {
        List<String> to = share.offer().to();
        if (share.offer().withdrawn()) {
            return "nobody";
        }
        return to == null ? "all" : to.isEmpty() ? "its link" : Plain.line(String.join(", ", to));
    }

    private static String state(Share share) {
        if (share.trouble() == null) {
            return share.available() ? "" : "  (changed: not offered)";
        }
        return (share.available() ? "  (cannot be read: " : "  (not offered: ") + Plain.line(share.trouble()) + ")";
    }
}
