package io.cairn.shell.command.transfer;

import io.cairn.app.CairnException;
import io.cairn.app.Node.Share;
import io.cairn.app.json.ShareJson;
import io.cairn.app.work.TargetResolver;
import io.cairn.dht.id.Key;
import io.cairn.shell.output.Plain;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stops sharing. */
@Command(name = "unshare", description = "Stop sharing; the files stay.")
public final class UnshareCommand implements Callable<Integer> {
    private final SessionSource source;

    @Parameters(paramLabel = "HASH", description = "The hash or name of a share.")
    private String hash = "";

    public UnshareCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        try (Session session = source.open()) {
            Share share = session.await(
                    "unshare", "withdrawing its records", session.node().unshare(named(session)));
            session.output().data("unshared  " + share.hash() + "  " + Plain.line(share.name()));
            session.output().json(ShareJson.unshared(share));
            return 0;
        }
    }

    /** A name means the share of that name, even if fetches have the same name. */
    private Key named(Session session) throws CairnException, StoppedException {
        List<Share> shares = session.node().shares();
        List<Key> called = shares.stream()
                .filter(share -> share.name().equals(hash))
                .map(Share::hash)
                .toList();
        if (called.size() == 1) {
            return called.get(0);
        }
        String digits = hash.toLowerCase(Locale.ROOT);
        boolean known = !called.isEmpty()
                || shares.stream().anyMatch(share -> share.hash().toHex().startsWith(digits));
        if (!known && !TargetResolver.isWhole(hash)) {
            throw new CairnException(
                    CairnException.Kind.USAGE,
                    "there is no share " + hash,
                    shares.isEmpty() ? "this node shares nothing" : "no share here has that name or hash",
                    "list what is shared with: shares");
        }
        return session.resolve(hash).hash();
    }
}
