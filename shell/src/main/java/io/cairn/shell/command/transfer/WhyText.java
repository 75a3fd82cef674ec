package io.cairn.shell.command.transfer;

import io.cairn.app.Why;
import io.cairn.dht.id.Endpoint;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.output.Sizes;
import io.cairn.shell.session.Names;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An answer on one screen: the cause first, then what it rests on, and at the end what to do. */
final class WhyText {
    /** Lines of each list: the whole fits on a screen of 24 lines. */
    private static final int LINES_MAX = 4;

    private static final int NUMBERS_MAX = 8;

    private final Output output;
    private final Names names;
    private final long nowMillis;

    /** @param nowMillis wall-clock milliseconds since 1970 */
    WhyText(Output output, Names names, long nowMillis) {
        this.output = output;
        this.names = names;
        this.nowMillis = nowMillis;
    }

    void tell(Why why) {
        line("cause", Plain.line(why.cause()));
        String name = why.name().isEmpty() ? why.hash().toHex() : Plain.line(why.name());
        line(
                "fetch",
                name + ", "
                        + (why.state() == null
                                ? "never fetched here"
                                : why.state().text()) + ", as of " + ago(why.atMillis()));
        asked(why.asked());
        list("record", why.providers(), this::record);
        list("dialled", latest(why.dials()), this::dial);
        list("peer", why.peers(), this::peer);
        missing(why.missing());
        line("next", Plain.line(output.next(why.next())));
    }

    /** Those that gave records come first, then the silent ones. */
    private void asked(List<Why.Asked> asked) {
        long answered =
                asked.stream().filter(one -> one.said() == Why.Said.ANSWERED).count();
        line("asked", Sizes.count(asked.size(), "node") + ", " + answered + " answered");
        List<Why.Asked> telling = asked.stream()
                .sorted((one, other) -> Integer.compare(rank(one), rank(other)))
                .toList();
        list("", telling, this::asked);
    }

    private static int rank(Why.Asked asked) {
        if (asked.records() > 0) {
            return 0;
        }
        return asked.said() == Why.Said.ANSWERED ? 2 : 1;
    }

    private String asked(Why.Asked asked) {
        String who = names.shown(asked.node()) + " at " + asked.endpoint() + "  ";
        return who
                + switch (asked.said()) {
                    case WAITING -> "has not answered yet" + detail(asked);
                    case SILENT -> "silent" + detail(asked);
                    case ANSWERED ->
                        Sizes.count(asked.records(), "record") + ", " + Sizes.count(asked.closer(), "closer node")
                                + ", in " + asked.tookMillis() + " ms";
                };
    }

    private static String detail(Why.Asked asked) {
        return asked.detail().isEmpty() ? "" : ": " + Plain.line(asked.detail());
    }

    private String record(Why.ProviderFound provider) {
        String addresses = provider.endpoints().stream().map(Endpoint::toString).collect(Collectors.joining(", "));
        String published = provider.publishedMillis() == 0 ? "" : "published " + ago(provider.publishedMillis()) + ", ";
        return names.shown(provider.node()) + " at " + (addresses.isEmpty() ? "no usable address" : addresses) + "  "
                + published
                + (provider.isExpired(nowMillis)
                        ? "expired " + ago(provider.expiryMillis())
                        : "expires in " + Sizes.duration(provider.expiryMillis() - nowMillis));
    }

    /** The newest first. */
    private static List<Why.Dialled> latest(List<Why.Dialled> dials) {
        List<Why.Dialled> newest = new ArrayList<>(dials);
        Collections.reverse(newest);
        return newest;
    }

    private String dial(Why.Dialled dial) {
        String why = switch (dial.origin()) {
            case LINK -> "named by the link";
            case RECORD -> "named by its record";
            case HEARD -> "heard from there";
            case PEER -> "named by a peer";
        };
        String end = dial.end().text().replace('_', ' ');
        String detail = dial.detail().isEmpty() ? "" : ": " + Plain.line(dial.detail());
        return dial.address() + "  " + end + detail + "  (" + why + ", " + ago(dial.startedMillis()) + ", "
                + Sizes.duration(dial.tookMillis()) + ")";
    }

    private String peer(Why.PeerSeen peer) {
        String has = peer.chunks() < 0 ? "announced nothing" : "has " + Sizes.count(peer.chunks(), "chunk");
        String gave = ", gave " + Sizes.count(peer.delivered());
        String bad = peer.bad() == 0 ? "" : ", " + peer.bad() + " wrong";
        String banned = peer.isBanned() ? ", banned" : "";
        String trouble = peer.trouble().isEmpty() ? "" : ": " + Plain.line(peer.trouble());
        return names.shown(peer.node()) + " at " + peer.endpoint() + "  "
                + (peer.isConnected() ? "connected, " : "gone, ") + has + gave + bad + banned + trouble;
    }

    private void missing(Why.Missing missing) {
        if (missing.chunkCount() > 0) {
            String nobody = missing.withNobodyCount() == 0
                    ? ""
                    : ", " + missing.withNobodyCount() + " with no connected peer: "
                            + missing.withNobody().stream()
                                    .limit(NUMBERS_MAX)
                                    .map(String::valueOf)
                                    .collect(Collectors.joining(", "))
                            + (missing.withNobodyCount() > NUMBERS_MAX ? ", ..." : "");
            line(
                    "missing",
                    Sizes.count(missing.chunks(), "chunk") + " of " + Sizes.count(missing.chunkCount()) + nobody);
        }
    }

    private <T> void list(String word, List<T> all, Function<T, String> text) {
        String label = word;
        for (T one : all.subList(0, Math.min(all.size(), LINES_MAX))) {
            line(label, text.apply(one));
            label = "";
        }
        if (all.size() > LINES_MAX) {
            line("", "and " + Sizes.count(all.size() - LINES_MAX) + " more; --json lists them");
        }
    }

    private void line(String word, String text) {
        output.data(String.format(Locale.ROOT, "%-9s", word) + text);
    }

    private String ago(long millis) {
        long sinceMillis = nowMillis - millis;
        return sinceMillis < 1_000 ? "now" : Sizes.duration(sinceMillis) + " ago";
    }
}
