package io.cairn.app.network;

import io.cairn.app.Advice;
import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.app.Reason;
import io.cairn.dht.Misfit;
import io.cairn.dht.SearchReport;
import io.cairn.dht.id.AddressScope;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.wire.SignedEnvelope;
import io.cairn.transfer.swarm.fetch.FetchOutcome.PeerTrouble;
import io.cairn.transfer.swarm.port.DialFailure;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why no peer could be reached, as far as this node can see, and what you can do about it. The first cause that fits counts; causes that
 * explain others are checked first.
 *
 * @param why the cause, as a clause
 * @param next the remedy
 */
public record Diagnosis(String why, Advice next) {
    private static final Advice SAME_NETWORK = Reason.JOIN_THE_SAME_NETWORK.says(
            "give both machines the same network and network key file, and run the same command again");

    /** Whether no node of this node's own network is there, but one that uses another network or key. */
    public boolean isDenied() {
        return next.reason() == Reason.GET_THE_NETWORK_KEY;
    }

    /** Somebody is heard whose datagrams open with no key of this node. */
    private static Diagnosis otherKey(InetAddress address) {
        return new Diagnosis(
                "denied: " + address.getHostAddress() + " uses another network or key",
                Reason.GET_THE_NETWORK_KEY
                        .says(
                                "ask a member of that network for its invite and join it, or name the same network and key"
                                        + " file, and run the same command again")
                        .and("address", address.getHostAddress()));
    }

    /**
     * @param search the last look-up; null if none had begun
     * @param peers the problem of each peer that was tried
     */
    public static Diagnosis of(@Nullable SearchReport search, List<PeerTrouble> peers, NetworkView view) {
        boolean isAlone = view.contacts().isEmpty() && peers.isEmpty();
        return Stream.of(
                        clock(peers, view),
                        isAlone ? alone(view) : Optional.<Diagnosis>empty(),
                        peers.stream()
                                .flatMap(peer -> unreached(peer, view).stream())
                                .findFirst(),
                        version(peers, view))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> unknown(search, peers, view));
    }

    /** Why this node knows no other, as far as anything is known of it. */
    private static Optional<Diagnosis> ofNobody(NetworkView view) {
        return view.contacts().isEmpty()
                ? Stream.of(clock(List.of(), view), alone(view), version(List.of(), view))
                        .flatMap(Optional::stream)
                        .findFirst()
                : Optional.empty();
    }

    /** A failure because nothing was found, with why this node knows no other if that is so; any other failure as it is. */
    public static CairnException explained(CairnException failure, NetworkView view) {
        return Optional.of(failure)
                .filter(nothing -> nothing.kind() == CairnException.Kind.NO_PROVIDER)
                .flatMap(nothing -> ofNobody(view))
                .filter(known -> known.next().reason() != failure.reason()) // else it says so already
                .map(known -> known.failure(
                        String.valueOf(failure.getMessage()), failure.advice().facts()))
                .orElse(failure);
    }

    /**
     * That this node can ask nobody because all that it hears uses another network or key.
     *
     * @param what the action that is in vain
     */
    public static Optional<CairnException> denial(String what, NetworkView view) {
        return ofNobody(view).filter(Diagnosis::isDenied).map(known -> known.failure(what, Map.of()));
    }

    private CairnException failure(String what, Map<String, Object> facts) {
        Advice advice = next;
        for (Map.Entry<String, Object> fact : facts.entrySet()) {
            advice = advice.and(fact.getKey(), fact.getValue());
        }
        return new CairnException(
                isDenied() ? CairnException.Kind.DENIED : CairnException.Kind.NO_PROVIDER, what, why, advice);
    }

    /** Why a node whose address the user named does not answer, if what is heard from there explains it. */
    static Optional<Diagnosis> ofSilence(InetAddress address, List<Misfit> misfits) {
        return misfits.stream()
                .filter(misfit -> misfit.address().equals(address))
                .findFirst()
                .map(misfit -> misfit.isUnopened()
                        ? otherKey(address)
                        : misfit.isVersion()
                                ? otherVersion(misfit)
                                : misfit.isClock() ? otherClock(misfit) : otherNetwork(misfit));
    }

    /** If providers were tried, only their own clocks can be the cause; if no node answers, those of the bootstrap nodes. */
    private static Optional<Diagnosis> clock(List<PeerTrouble> peers, NetworkView view) {
        return clocks(view)
                .filter(misfit -> peers.isEmpty()
                        ? view.contacts().isEmpty() && mayBeBootstrap(misfit, view)
                        : peers.stream()
                                .anyMatch(peer -> peer.endpoint().address().equals(misfit.address())))
                .findFirst()
                .map(Diagnosis::otherClock);
    }

    private static Diagnosis otherClock(Misfit misfit) {
        return new Diagnosis(
                text(misfit),
                Reason.SET_THE_CLOCK
                        .says("correct the wrong clock, and run the same command again")
                        .and("address", misfit.address().getHostAddress()));
    }

    private static Diagnosis otherNetwork(Misfit misfit) {
        String host = misfit.address().getHostAddress();
        return new Diagnosis(
                host + " is in another network: its network's name or key is not this node's",
                SAME_NETWORK.and("address", host));
    }

    private static Stream<Misfit> clocks(NetworkView view) {
        return view.misfits().stream().filter(Misfit::isClock);
    }

    private static String text(Misfit misfit) {
        return new Node.Notice.ClockDiffers(misfit.address(), misfit.aheadMillis()).text();
    }

    /** Likewise; what it says cannot be checked, so it counts only if nothing better is known. */
    private static Optional<Diagnosis> version(List<PeerTrouble> peers, NetworkView view) {
        return view.misfits().stream()
                .filter(Misfit::isVersion)
                .filter(misfit -> peers.isEmpty() && view.contacts().isEmpty()
                        || peers.stream()
                                .anyMatch(peer -> peer.endpoint().address().equals(misfit.address())))
                .findFirst()
                .map(Diagnosis::otherVersion);
    }

    /** Anybody can send a datagram of another version in the name of a node. */
    private static Diagnosis otherVersion(Misfit misfit) {
        String host = misfit.address().getHostAddress();
        return otherVersion(host + " sends version " + misfit.version(), host, misfit.version());
    }

    private static Diagnosis otherVersion(String clause, String host, int version) {
        return new Diagnosis(
                clause + " of the protocol, this node speaks version " + SignedEnvelope.VERSION,
                Reason.UPDATE_THE_OLDER_VERSION
                        .says("update cairn on the machine that has the older version")
                        .and("address", host)
                        .and("version", version));
    }

    private static Optional<Diagnosis> alone(NetworkView view) {
        if (!view.own().isOnNetwork()) {
            return Optional.of(new Diagnosis(
                    "this machine is not connected to a network",
                    Reason.CONNECT_THE_MACHINES.says("connect it to the network of the sharing machine")));
        }
        Optional<Diagnosis> unopened = view.misfits().stream()
                .filter(Misfit::isUnopened)
                .filter(misfit -> mayBeBootstrap(misfit, view))
                .findFirst()
                .map(misfit -> otherKey(misfit.address()));
        Optional<Diagnosis> heard = view.misfits().stream()
                .filter(misfit -> !misfit.isVersion() && !misfit.isUnopened())
                .filter(misfit -> mayBeBootstrap(misfit, view))
                .findFirst()
                .map(Diagnosis::otherNetwork);
        if (heard.isPresent() || unopened.isPresent()) {
            return unopened.or(() -> heard);
        }
        Optional<Diagnosis> older = view.misfits().stream()
                .filter(Misfit::isVersion)
                .filter(misfit -> view.bootstraps().stream().anyMatch(silent -> silent.isAt(misfit.address())))
                .findFirst()
                .map(Diagnosis::otherVersion);
        if (older.isPresent()) {
            return older;
        }
        if (!view.bootstraps().isEmpty()) {
            return Optional.of(new Diagnosis(
                    view.bootstraps().stream().map(SilentBootstrap::trouble).collect(Collectors.joining("; ")),
                    Reason.BOOTSTRAP_ANSWERS_NOT.says(
                            "check that address, that cairn runs there and that UDP passes its firewall, or name another"
                                    + " bootstrap node")));
        }
        return Optional.empty();
    }

    /** Whether it is at the address of a silent bootstrap node, if you named one. */
    private static boolean mayBeBootstrap(Misfit misfit, NetworkView view) {
        return view.bootstraps().isEmpty()
                || view.bootstraps().stream().anyMatch(silent -> silent.isAt(misfit.address()));
    }

    private static Optional<Diagnosis> unreached(PeerTrouble trouble, NetworkView view) {
        Endpoint at = trouble.endpoint();
        InetAddress address = at.address();
        String host = address.getHostAddress();
        if (trouble.dial() == null) {
            return Optional.empty();
        }
        if (trouble.dial() == DialFailure.Kind.OTHER_VERSION) {
            return Optional.of(otherVersion("the node at " + host + " speaks another version", host, 0));
        }
        boolean isSilent = trouble.dial() == DialFailure.Kind.TIMED_OUT
                || trouble.dial() == DialFailure.Kind.NOT_GREETED
                || trouble.dial() == DialFailure.Kind.NO_TLS;
        if (isSilent
                && view.contacts().isEmpty()
                && view.misfits().stream()
                        .anyMatch(misfit ->
                                misfit.isUnopened() && misfit.address().equals(address))) {
            return Optional.of(otherKey(address));
        }
        boolean isKnownMisfit = view.misfits().stream()
                .anyMatch(misfit -> !misfit.isClock() && misfit.address().equals(address));
        if (trouble.dial() == DialFailure.Kind.OTHER_NETWORK
                || trouble.dial() == DialFailure.Kind.NOT_GREETED && isKnownMisfit) {
            return Optional.of(new Diagnosis(
                    "the node at " + at + " is in another network: its network's name or key is not this node's",
                    SAME_NETWORK.and("endpoint", at)));
        }
        if (trouble.dial() == DialFailure.Kind.OTHER_CLOCK) {
            return Optional.of(new Diagnosis(
                    "the clock of " + host + " and this machine's differ by more than five minutes",
                    Reason.SET_THE_CLOCK
                            .says("correct the wrong clock, and run the same command again")
                            .and("address", host)));
        }
        if (trouble.dial() == DialFailure.Kind.OTHER_NODE) {
            return Optional.of(new Diagnosis(
                    "another node than the provider answers at " + at
                            + ": the provider has moved or has a new identity",
                    Reason.CHECK_THE_SHARE
                            .says("share it again on the sharing machine, and run the same command again")
                            .and("endpoint", at)));
        }
        if (trouble.dial() == DialFailure.Kind.NO_TLS || trouble.dial() == DialFailure.Kind.NOT_A_PEER) {
            return Optional.of(new Diagnosis(
                    "something other than cairn answers at " + at,
                    reachable(at, "check that address, and that cairn runs there")));
        }
        if (trouble.dial() == DialFailure.Kind.NOT_GREETED) {
            return Optional.of(new Diagnosis(
                    "the node at " + at + " closed the connection: it is in another network, or is full",
                    SAME_NETWORK.and("endpoint", at)));
        }
        boolean isNoWay = trouble.dial() == DialFailure.Kind.UNREACHABLE
                || trouble.dial() == DialFailure.Kind.TIMED_OUT
                || trouble.dial() == DialFailure.Kind.REFUSED;
        boolean isOwn = address.isLoopbackAddress() || view.own().contains(address);
        if (trouble.dial() == DialFailure.Kind.THIS_NODE || isNoWay && isOwn) {
            return Optional.of(new Diagnosis(
                    "the provider names only addresses that are this machine's own",
                    Reason.CONNECT_THE_MACHINES
                            .says(
                                    "connect the sharing machine to this machine's network, and run the same command again")
                            .and("endpoint", at)));
        }
        if (!isNoWay) {
            return Optional.empty();
        }
        if (view.contacts().stream()
                .anyMatch(contact -> contact.endpoint().address().equals(address))) {
            return Optional.of(new Diagnosis(
                    "UDP reaches " + host + " but TCP does not: a firewall is likely",
                    reachable(at, "let TCP port " + at.port() + " through the firewall of that machine")));
        }
        if (isPrivate(address) && !view.own().isOnOwnNetwork(address)) {
            return Optional.of(new Diagnosis(
                    host + " is a private address of a network that this machine is not in",
                    Reason.CONNECT_THE_MACHINES
                            .says("connect both machines to one network or VPN, or let the router there forward port "
                                    + at.port() + " to the sharing machine")
                            .and("endpoint", at)));
        }
        return Optional.of(
                switch (trouble.dial()) {
                    case UNREACHABLE ->
                        new Diagnosis(
                                "there is no route to " + host,
                                reachable(at, "check the address, and this machine's network"));
                    case REFUSED ->
                        new Diagnosis(
                                "nothing listens at " + at,
                                reachable(at, "check that cairn still runs there and shares it" + behindRouter(at)));
                    default ->
                        new Diagnosis(
                                "nothing answers at " + at,
                                reachable(
                                        at,
                                        "check that the machine is on, and that TCP port " + at.port()
                                                + " passes its firewall" + behindRouter(at)));
                });
    }

    private static Advice reachable(Endpoint provider, String text) {
        return Reason.MAKE_THE_PROVIDER_REACHABLE.says(text).and("endpoint", provider);
    }

    /** A public address often belongs to a router. */
    private static String behindRouter(Endpoint at) {
        return AddressScope.of(at.address()) == AddressScope.WORLD
                ? ", and that its router, if it has one, forwards the port to it"
                : "";
    }

    private static Diagnosis unknown(@Nullable SearchReport search, List<PeerTrouble> peers, NetworkView view) {
        if (search == null || search.asked().isEmpty()) {
            return new Diagnosis(
                    "no other node answers",
                    Reason.NAME_A_BOOTSTRAP.says(
                            "check that the sharing machine runs cairn in the same network, or name it as a bootstrap node"));
        }
        if (peers.isEmpty() && search.providers() > 0) {
            return new Diagnosis(
                    "the provider names only private addresses of a network that this machine is not in",
                    Reason.CONNECT_THE_MACHINES.says(
                            "connect both machines to one network or VPN, or let the router there forward cairn's port to the"
                                    + " sharing machine"));
        }
        return peers.isEmpty()
                ? nobodyKnows(view)
                : new Diagnosis(
                        "none of its providers could be used",
                        Reason.CHECK_THE_SHARE.says(
                                "check that the sharing machine still offers it, and run the same command again"));
    }

    /** A node with another clock may be the provider, whose record nobody accepts; any stranger's clock may differ, too. */
    private static Diagnosis nobodyKnows(NetworkView view) {
        Optional<Misfit> other = clocks(view).findFirst();
        return new Diagnosis(
                "no node that answers knows a provider"
                        + other.map(misfit -> ", and " + text(misfit)).orElse(""),
                Reason.CHECK_THE_HASH.says("check the hash, and that the sharing machine still offers it"
                        + (other.isPresent() ? " and has the right time" : "")));
    }

    private static boolean isPrivate(InetAddress address) {
        AddressScope scope = AddressScope.of(address);
        return scope == AddressScope.LINK || scope == AddressScope.SITE;
    }
}
