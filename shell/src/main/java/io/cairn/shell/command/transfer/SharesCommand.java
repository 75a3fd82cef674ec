package io.cairn.shell.command.transfer;

import io.cairn.app.CairnException;
import io.cairn.app.Node.Share;
import io.cairn.app.json.ShareJson;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.output.Sizes;
import io.cairn.shell.session.SessionSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists shares. */
@Command(name = "shares", description = "List what this node shares: HASH, size, sent, name, path.")
public final class SharesCommand implements Callable<Integer> {
    private final SessionSource source;

    public SharesCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException {
        Output output = source.output();
        List<Share> shares = source.shares();
        for (Share share : shares) {
                output.data(share.hash() + "  " + Sizes.bytes(share.size()) + "  sent "
                        + Sizes.bytes(share.uploadedBytes()) + "  " + Plain.line(share.name()) + "  "
                        + Plain.line(share.path().toString()) + state(share));
                output.json(ShareJson.of(share));
            }
        if (shares.isEmpty()) {
            output.note("nothing is shared; share PATH does it");
        }
        return 0;
    }

    private static String state(Share share) {
        if (!share.available()) {
            return "  (changed: not offered)";
        }
        return share.trouble() == null ? "" : "  (cannot be read: " + Plain.line(share.trouble()) + ")";
    }
}
