package io.cairn.shell.command.node;

import io.cairn.app.CairnException;
import io.cairn.app.SpeedLimits;
import io.cairn.app.config.Rate;
import io.cairn.app.json.NodeJson;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Sizes;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows and sets the rate limits. */
@Command(
        name = "limit",
        description = "Limit how fast chunks are sent and received, in later runs too.",
        footer = {
            "",
            "limit                          shows the limits",
            "limit up 5MiB/s                sends to all peers together no faster",
            "limit down off                 receives as fast as it goes",
            "limit up 1MiB/s --per-peer     sends to each peer no faster",
            "limit lan on                   limit peers on the local network too; off, the default: do not"
        })
public final class LimitCommand implements Callable<Integer> {
    private final SessionSource source;

    @Parameters(
            arity = "0..2",
            paramLabel = "up|down RATE | lan on|off",
            hideParamSyntax = true,
            description = "What to limit, and to what.")
    private List<String> words = new ArrayList<>();

    @Option(names = "--per-peer", description = "Limit each peer instead of all together.")
    private boolean perPeer;

    public LimitCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        try (Session session = source.open()) {
            SpeedLimits limits = session.node().limits();
            if (!words.isEmpty()) {
                limits = session.await(session.node().limit(changed(limits)));
            }
            tell(session.output(), limits);
            return 0;
        }
    }

    private SpeedLimits changed(SpeedLimits now) throws CairnException {
        if (words.size() < 2) {
            throw refused("\"" + words.get(0) + "\" needs a value");
        }
        if (words.size() > 2) {
            throw refused("unexpected argument " + words.get(2));
        }
        String value = words.get(1);
        return switch (words.get(0)) {
            case "up" -> {
                long rate = rate(value);
                yield new SpeedLimits(
                        perPeer ? now.up() : rate,
                        now.down(),
                        perPeer ? rate : now.upPerPeer(),
                        now.downPerPeer(),
                        now.onLan());
            }
            case "down" -> {
                long rate = rate(value);
                yield new SpeedLimits(
                        now.up(),
                        perPeer ? now.down() : rate,
                        now.upPerPeer(),
                        perPeer ? rate : now.downPerPeer(),
                        now.onLan());
            }
            case "lan" -> new SpeedLimits(now.up(), now.down(), now.upPerPeer(), now.downPerPeer(), isOn(value));
            default -> throw refused("\"" + words.get(0) + "\" is neither up, down nor lan");
        };
    }

    private boolean isOn(String value) throws CairnException {
        if (perPeer || !value.equals("on") && !value.equals("off")) {
            throw refused("lan is on or off");
        }
        return value.equals("on");
    }

    private static long rate(String value) throws CairnException {
        try {
            return Rate.parse(value);
        } catch (IllegalArgumentException malformed) {
            throw refused("\"" + value + "\": " + malformed.getMessage());
        }
    }

    private static CairnException refused(String why) {
        return new CairnException(
                CairnException.Kind.USAGE,
                "cannot set this limit",
                why,
                "write it like: limit up 5MiB/s, limit lan on");
    }

    private static void tell(Output output, SpeedLimits limits) {
        output.data("up    " + text(limits.up()) + ", each peer " + text(limits.upPerPeer()));
        output.data("down  " + text(limits.down()) + ", each peer " + text(limits.downPerPeer()));
        output.data("LAN   " + (limits.onLan() ? "limited" : "not limited"));
        output.json(NodeJson.of(limits));
    }

    private static String text(long rate) {
        return rate == 0 ? "off" : Sizes.rate(rate);
    }
}
