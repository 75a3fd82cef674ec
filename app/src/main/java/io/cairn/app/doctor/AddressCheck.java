package io.cairn.app.doctor;

import io.cairn.app.Check;
import io.cairn.app.doctor.Attempt.Verdict;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.net.LocalAddresses;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The addresses that this node announces, and those at which peers see it. */
final class AddressCheck {
    static final String ADDRESSES = "addresses";
    static final String NAT = "nat";

    private static final Set<Verdict> TRIED = EnumSet.of(Verdict.REACHED, Verdict.CUT_OFF);
    private static final Set<Verdict> ANY = EnumSet.allOf(Verdict.class);

    private AddressCheck() {}

    /**
     * Which announced addresses a peer reached. A peer that declined did not try.
     *
     * @param udp tells for each peer at which address it sees this node; a peer that reached it did so there
     */
    static Check addresses(List<Endpoint> announced, List<Attempt> udp) {
        if (announced.isEmpty()) {
            return Check.bad(ADDRESSES, "this node has no address to announce", "connect this machine to a network");
        }
        Set<InetAddress> reached = seen(udp, EnumSet.of(Verdict.REACHED));
        Set<InetAddress> tried = seen(udp, TRIED);
        String detail = announced.stream()
                .map(endpoint -> endpoint
                        + (reached.contains(endpoint.address())
                                ? " (reached)"
                                : tried.contains(endpoint.address()) ? " (not reached)" : " (no peer tried)"))
                .collect(Collectors.joining(", "));
        boolean isAnnounced = announced.stream().anyMatch(endpoint -> reached.contains(endpoint.address()));
        return tried.isEmpty() || isAnnounced
                ? Check.ok(ADDRESSES, detail)
                : Check.warning(
                        ADDRESSES,
                        detail + "; peers see this node at " + joined(tried),
                        "see udp and nat: others must reach an address that is announced");
    }

    /** Whether a router translates this node's address on the way to its peers. */
    static Check nat(LocalAddresses own, int port, List<Attempt> udp) {
        List<Attempt> seen =
                udp.stream().filter(attempt -> attempt.observed() != null).toList();
        if (seen.isEmpty()) {
            return Check.ok(NAT, "not known: no peer says where it sees this node");
        }
        List<Attempt> translated =
                seen.stream().filter(attempt -> isElsewhere(attempt, own)).toList();
        if (translated.isEmpty()) {
            return Check.ok(NAT, "none: peers see this node at its own address " + joined(seen(udp, ANY)));
        }
        Attempt first = translated.get(0);
        Endpoint there = Objects.requireNonNull(first.observed());
        String detail = "a router translates: the peer at " + first.helper() + " sees this node at " + there
                + (there.port() == port ? "" : ", another port than its own " + port);
        boolean isForwarded = translated.stream().anyMatch(attempt -> attempt.verdict() == Verdict.REACHED);
        if (isForwarded) {
            return Check.ok(NAT, detail + ", and lets them in");
        }
        return translated.stream().noneMatch(attempt -> TRIED.contains(attempt.verdict()))
                ? Check.ok(NAT, detail + "; no peer tried whether it lets them in")
                : Check.warning(
                        NAT,
                        detail,
                        "let the router forward UDP and TCP port " + port
                                + " to this machine; without that, others reach it only while it writes to them");
    }

    /** Whether a peer sees this node at an address that is not its own. */
    static boolean isTranslated(LocalAddresses own, List<Attempt> udp) {
        return udp.stream().anyMatch(attempt -> isElsewhere(attempt, own));
    }

    private static boolean isElsewhere(Attempt attempt, LocalAddresses own) {
        return attempt.observed() != null && !own.contains(attempt.observed().address());
    }

    private static Set<InetAddress> seen(List<Attempt> udp, Set<Verdict> verdicts) {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        for (Attempt attempt : udp) {
            Endpoint observed = attempt.observed();
            if (observed != null && verdicts.contains(attempt.verdict())) {
                addresses.add(observed.address());
            }
        }
        return addresses;
    }

    private static String joined(Set<InetAddress> addresses) {
        return addresses.stream().map(InetAddress::getHostAddress).sorted().collect(Collectors.joining(", "));
    }
}
