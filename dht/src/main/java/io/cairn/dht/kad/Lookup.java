package io.cairn.dht.kad;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Distance;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An iterative look-up (Kademlia, section 2.3), which is asked whom to ask and told what came back. Alpha requests are kept in flight
 * at all times rather than in rounds; one that stalls frees its slot and stays open. It has ended when the closest candidates,
 * those that failed left out, have all answered. Memory is bounded by {@link KademliaLimits.Lookups#candidatesMax}.
 */
public final class Lookup {
    private static final int IDS_PER_ENDPOINT_MAX = 3;
    private static final int ALTERNATIVES_MAX = 2;

    private final Key target;
    private final NodeId self;
    private final int width;
    private final KademliaLimits limits;
    private final TreeMap<Distance, Candidate> candidates = new TreeMap<>();
    private final Map<Endpoint, Integer> idsAtEndpoint = new LinkedHashMap<>();
    private int inFlight;
    private int asked;

    /**
     * @param self never asked
     * @param width how many of the closest nodes are to be found, commonly k
     * @param seeds where to begin
     */
    public Lookup(Key target, NodeId self, int width, KademliaLimits limits, List<Contact> seeds) {
        this.target = target;
        this.self = self;
        this.width = width;
        this.limits = limits;
        seeds.forEach(seed -> learn(seed, null));
    }

    public Key target() {
        return target;
    }

    /** Whom to ask now; empty if enough are being asked, or if it has ended. */
    public Optional<Contact> next() {
        if (inFlight >= limits.alpha() || asked >= limits.lookups().requestsMax()) {
            return Optional.empty();
        }
        int rank = 0;
        for (Candidate candidate : candidates.values()) {
            if (candidate.isOut(limits.lookups().liesMax())) {
                continue;
            }
            if (candidate.state == State.FRESH) {
                candidate.state = State.IN_FLIGHT;
                inFlight++;
                asked++;
                return Optional.of(candidate.contact);
            }
            if (++rank == width) {
                break;
            }
        }
        return Optional.empty();
    }

    /**
     * Somebody who was asked has answered.
     *
     * @param closest the contacts it named, whatever they are
     */
    public void onAnswer(Contact from, List<Contact> closest) {
        Candidate source = asked(from);
        if (source == null) {
            return;
        }
        leaveFlight(source);
        source.state = State.ANSWERED;
        if (source.source != null) {
            source.source.namedAlive = true;
        }
        closest.stream()
                .limit(limits.k())
                .filter(contact -> isPlausible(contact, from))
                .forEach(contact -> learn(contact, source));
    }

    /** The answer is late: somebody else is asked meanwhile. */
    public void onStalled(Contact contact) {
        Candidate candidate = asked(contact);
        if (candidate != null && candidate.state == State.IN_FLIGHT) {
            leaveFlight(candidate);
            candidate.state = State.STALLED;
        }
    }

    /** No answer will come. If another endpoint was named for the node, that one is tried. */
    public void onFailure(Contact contact) {
        Candidate candidate = asked(contact);
        if (candidate == null) {
            return;
        }
        leaveFlight(candidate);
        if (candidate.source != null) {
            candidate.source.namedSilent++;
        }
        Contact alternative = candidate.alternatives.poll();
        if (alternative == null) {
            candidate.state = State.FAILED;
        } else {
            candidate.contact = alternative;
            candidate.state = State.FRESH;
        }
    }

    /** Whether the closest nodes have all answered, or nobody is left to ask. */
    public boolean isFinished() {
        boolean mayAsk = asked < limits.lookups().requestsMax();
        int rank = 0;
        for (Candidate candidate : candidates.values()) {
            if (candidate.isOut(limits.lookups().liesMax())) {
                continue;
            }
            boolean isOpen = candidate.state == State.IN_FLIGHT || candidate.state == State.STALLED;
            if (isOpen || candidate.state == State.FRESH && mayAsk) {
                return false;
            }
            if (candidate.state == State.ANSWERED && ++rank == width) {
                return true;
            }
        }
        return true;
    }

    /** Those who have answered, closest to the target first, at most as many as were to be found. */
    public List<Contact> closest() {
        return candidates.values().stream()
                .filter(candidate -> candidate.state == State.ANSWERED)
                .limit(width)
                .map(candidate -> candidate.contact)
                .toList();
    }

    /**
     * How many referrals led to the closest of those who answered: 0 if it was known before, 1 if somebody known before named it, and so
     * on; -1 if nobody has answered.
     */
    public int hops() {
        return candidates.values().stream()
                .filter(candidate -> candidate.state == State.ANSWERED)
                .mapToInt(candidate -> candidate.depth)
                .findFirst()
                .orElse(-1);
    }

    /** Takes note of a contact that somebody named, or that was known before if there is no source. */
    private void learn(Contact contact, @Nullable Candidate source) {
        if (contact.id().equals(self)) {
            return;
        }
        Distance distance = contact.id().distanceTo(target);
        Candidate known = candidates.get(distance);
        if (known != null) {
            known.learnAgain(contact, source);
            return;
        }
        if (candidates.size() >= limits.lookups().candidatesMax() && !makeRoomFor(distance)) {
            return;
        }
        if (idsAtEndpoint.merge(contact.endpoint(), 1, Integer::sum) <= IDS_PER_ENDPOINT_MAX) {
            candidates.put(distance, new Candidate(contact, source));
        }
    }

    private boolean makeRoomFor(Distance distance) {
        Map.Entry<Distance, Candidate> farthest = candidates.lastEntry();
        if (farthest == null
                || farthest.getKey().compareTo(distance) <= 0
                || farthest.getValue().state != State.FRESH) {
            return false;
        }
        candidates.remove(farthest.getKey());
        return true;
    }

    private @Nullable Candidate asked(Contact contact) {
        Candidate candidate = candidates.get(contact.id().distanceTo(target));
        if (candidate == null || !candidate.contact.equals(contact)) {
            return null;
        }
        return candidate.state == State.IN_FLIGHT || candidate.state == State.STALLED ? candidate : null;
    }

    private void leaveFlight(Candidate candidate) {
        if (candidate.state == State.IN_FLIGHT) {
            inFlight--;
        }
    }

    /** Nobody answers at these addresses, or only this host itself does; loopback is believed only to a source on loopback. */
    private static boolean isPlausible(Contact contact, Contact from) {
        InetAddress address = contact.endpoint().address();
        return !address.isAnyLocalAddress()
                && !address.isMulticastAddress()
                && (!address.isLoopbackAddress() || from.endpoint().address().isLoopbackAddress())
                && !contact.id().equals(from.id());
    }

    private enum State {
        FRESH,
        IN_FLIGHT,
        STALLED,
        ANSWERED,
        FAILED
    }

    /** A node that may be asked, and how true what it says has proven. */
    private static final class Candidate {
        private final Deque<Contact> alternatives = new ArrayDeque<>();
        private Contact contact;
        private @Nullable Candidate source;
        private State state = State.FRESH;
        private int depth;
        private int namedSilent;
        private boolean namedAlive;

        Candidate(Contact contact, @Nullable Candidate source) {
            this.contact = contact;
            this.source = source;
            this.depth = source == null ? 0 : source.depth + 1;
        }

        /** The word of a second source counts where the first is a liar; another endpoint is kept for when the first fails. */
        void learnAgain(Contact again, @Nullable Candidate newSource) {
            depth = Math.min(depth, newSource == null ? 0 : newSource.depth + 1);
            if (source != null && source.namedSilent > 0) {
                source = newSource;
            }
            boolean isElsewhere = !again.endpoint().equals(contact.endpoint());
            if (isElsewhere && alternatives.size() < ALTERNATIVES_MAX && !alternatives.contains(again)) {
                if (state == State.FAILED) {
                    contact = again;
                    state = State.FRESH;
                } else {
                    alternatives.add(again);
                }
            }
        }

        boolean isOut(int liesMax) {
            return state == State.FAILED
                    || state == State.FRESH && source != null && source.namedSilent >= liesMax && !source.namedAlive;
        }
    }
}
