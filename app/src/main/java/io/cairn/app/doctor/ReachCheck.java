package io.cairn.app.doctor;

import io.cairn.app.Check;
import io.cairn.app.doctor.Attempt.Verdict;
import io.cairn.dht.id.AddressScope;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether others reach this node by one protocol, as they found out. A datagram that arrives proves that; a TCP connection proves only
 * that something listens where they see this node.
 *
 * @param protocol UDP or TCP
 * @param port of this node
 * @param isTranslated whether a router between this node and its peers translates addresses
 */
record ReachCheck(String protocol, int port, boolean isTranslated) {
    static final String UDP = "UDP";
    static final String TCP = "TCP";

    /** The name of the check. */
    String name() {
        return protocol.toLowerCase(Locale.ROOT);
    }

    /** @param attempts at least one */
    Check judge(List<Attempt> attempts) {
        List<Attempt> reached = of(attempts, EnumSet.of(Verdict.REACHED));
        List<Attempt> unreached = of(attempts, EnumSet.of(Verdict.CUT_OFF, Verdict.REFUSED));
        if (reached.isEmpty() && unreached.isEmpty()) {
            return unknown(attempts);
        }
        int asked = reached.size() + unreached.size();
        String peers = reached.size() + " of " + asked + (asked == 1 ? " peer asked" : " peers asked");
        String counted = protocol + " port " + port
                + (protocol.equals(TCP)
                        ? " is open to " + peers + ", at the address where peers see this node"
                        : " is reached by " + peers);
        if (reached.isEmpty()) {
            return Check.bad(
                    name(), "no peer asked reaches " + protocol + " port " + port + ": " + reason(unreached), remedy());
        }
        return unreached.stream().anyMatch(ReachCheck::isFar)
                        && reached.stream().noneMatch(ReachCheck::isFar)
                ? Check.warning(name(), counted + ", none of them on the internet", forward())
                : Check.ok(name(), counted);
    }

    /**
     * For a node that no peer on another machine answers by UDP.
     *
     * @param troubles the problem with each named bootstrap node, as a clause
     * @param byTcp the attempts over TCP of those bootstrap nodes
     */
    Check alone(List<String> troubles, List<Attempt> byTcp) {
        List<Attempt> heard = byTcp.stream()
                .filter(attempt -> attempt.verdict() != Verdict.NO_SESSION && attempt.verdict() != Verdict.NOT_ASKED)
                .toList();
        if (!heard.isEmpty()) {
            return protocol.equals(TCP)
                    ? judge(heard)
                    : Check.bad(
                            name(),
                            "TCP reaches " + heard.get(0).helper() + ", but UDP does not: a firewall likely drops UDP",
                            "let UDP port " + port + " through the firewall of this machine, and UDP port "
                                    + heard.get(0).helper().port() + " through that of the other");
        }
        return troubles.isEmpty()
                ? Check.warning(
                        name(),
                        "no peer to ask",
                        "start cairn on another machine of this network, or name a bootstrap node")
                : Check.warning(
                        name(),
                        "no peer to ask: " + String.join("; ", troubles),
                        "check that address, that cairn runs there, and that the firewalls let UDP and TCP through");
    }

    private Check unknown(List<Attempt> attempts) {
        List<Attempt> noSession = of(attempts, EnumSet.of(Verdict.NO_SESSION));
        if (noSession.size() == attempts.size()) {
            return Check.bad(
                    name(),
                    "UDP reaches " + noSession.get(0).helper() + ", but TCP does not: a firewall likely drops TCP",
                    "let TCP through the firewall of this machine, and TCP port "
                            + noSession.get(0).helper().port() + " through that of the other");
        }
        List<Attempt> notAsked = of(attempts, EnumSet.of(Verdict.NOT_ASKED));
        if (notAsked.size() + noSession.size() == attempts.size()) {
            Attempt first = notAsked.get(0);
            return Check.warning(
                    name(),
                    "no peer could be asked: the peer at " + first.helper() + " " + first.trouble(),
                    "mend that, or try again when other peers are known");
        }
        if (of(attempts, EnumSet.of(Verdict.SILENT)).size() == attempts.size()) {
            return Check.warning(
                    name(),
                    attempts.size() == 1
                            ? "the peer asked does not answer: it is gone, or runs an older version"
                            : "none of the " + attempts.size()
                                    + " peers asked answers: they are gone, or run an older version",
                    "try again later, and update cairn on the other machines");
        }
        return Check.warning(
                name(),
                "not known: " + attempts.stream().map(ReachCheck::noAnswer).collect(Collectors.joining("; ")),
                of(attempts, EnumSet.of(Verdict.DECLINED)).isEmpty()
                        ? "try again later, and update cairn on the other machines"
                        : "try again in ten seconds");
    }

    private static String noAnswer(Attempt attempt) {
        String helper = "the peer at " + attempt.helper() + " ";
        return switch (attempt.verdict()) {
            case DECLINED -> helper + "declines, as it dials back rarely";
            case SILENT -> helper + "does not answer: it is gone, or runs an older version";
            case NO_SESSION -> helper + "is not reached by TCP";
            case NOT_ASKED -> helper + attempt.trouble();
            case REACHED, CUT_OFF, REFUSED -> throw new IllegalArgumentException(helper + "answers");
        };
    }

    private String reason(List<Attempt> unreached) {
        return unreached.stream().anyMatch(attempt -> attempt.verdict() == Verdict.REFUSED)
                ? "they report that it is refused where they see this node, so it likely ends at another machine or a firewall"
                : "only answers arrive, so a firewall or router likely drops everything else";
    }

    private String remedy() {
        return isTranslated ? forward() : "let " + protocol + " port " + port + " through the firewall of this machine";
    }

    private String forward() {
        return "let the router forward " + protocol + " port " + port + " to this machine";
    }

    private static boolean isFar(Attempt attempt) {
        return AddressScope.of(attempt.helper().address()) == AddressScope.WORLD;
    }

    private static List<Attempt> of(List<Attempt> attempts, Set<Verdict> verdicts) {
        return attempts.stream()
                .filter(attempt -> verdicts.contains(attempt.verdict()))
                .toList();
    }
}
