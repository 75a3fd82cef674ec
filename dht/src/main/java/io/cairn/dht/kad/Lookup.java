package io.cairn.dht.kad;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * An iterative look-up (Kademlia, section 2.3): ask it which node to query, tell it the results. It keeps alpha requests in flight at all
 * times instead of working in rounds; a stalled request frees its slot and its place among the closest, and stays open. It ends when the
 * closest candidates, without the failed ones, have all answered.
 *
 * <p>Liars that name only each other capture a look-up whose first few answers are all theirs. Its result is then farther away than the
 * size of the network suggests (see {@link NetworkSize#isSparse}). In that case it continues once over disjoint paths (S/Kademlia, section
 * 4.4): unasked contacts of the own table are dealt to several paths, each path queries the closest nodes it heard of itself, one at a
 * time, and no node is asked by two; so one liar spoils one path. At the end all paths become one look-up again, in which the closest of
 * all candidates must answer.
 */
public final class Lookup {
    /** Own contacts that each disjoint path starts with. */
    private static final int SEEDS_PER_PATH = 5;

    private final Key target;
    private final NodeId self;
    private final int width;
    private final KademliaLimits limits;
    private final @Nullable NetworkSize size;
    private final IntFunction<List<Contact>> own;
    private final Shortlist candidates;
    private DisjointPaths paths;
    private boolean mayDoubt;
    private int inFlight;
    private int asked;
    private int stalls;

    /**
     * @param self never asked
     * @param width how many of the closest nodes to find, usually k
     * @param size the basis for judging the result; null if unknown
     * @param own returns up to a given number of this node's own contacts, those closest to the target
     */
    public Lookup(
            Key target,
            NodeId self,
            int width,
            KademliaLimits limits,
            @Nullable NetworkSize size,
            IntFunction<List<Contact>> own) {
        this.target = target;
        this.self = self;
        this.width = width;
        this.limits = limits;
        this.size = size;
        this.own = own;
        this.candidates = new Shortlist(target, limits.lookups());
        this.paths = new DisjointPaths(0, limits.lookups());
        this.mayDoubt = limits.lookups().pathsInDoubt() > 1;
        own.apply(width).forEach(this::learnOwn);
        if (limits.lookups().pathsAtFirst() > 1) {
            goOnOver(limits.lookups().pathsAtFirst());
        }
    }

    public Key target() {
        return target;
    }

    /** The contact to ask now; empty if enough requests are in flight, or if the look-up has ended. */
    public Optional<Contact> next() {
        if (asked >= limits.lookups().requestsMax()) {
            return Optional.empty();
        }
        Candidate next = paths.isUnderWay() ? paths.next(candidates) : null;
        if (next == null && !paths.isUnderWay()) {
            next = inFlight < places() ? nextOfAll() : null;
            if (next == null && isInDoubt()) {
                goOnOver(limits.lookups().pathsInDoubt());
                return next();
            }
        }
        if (next == null) {
            return Optional.empty();
        }
        inFlight++;
        asked++;
        return Optional.of(next.contact());
    }

    /**
     * A node that was asked has answered, perhaps after its request was given up.
     *
     * @param closest the contacts it named, unchecked
     */
    public void onAnswer(Contact from, List<Contact> closest) {
        Candidate source = candidates.find(from.id());
        if (source == null || !source.isAwaited(from)) {
            return;
        }
        leaveFlight(source);
        source.answer();
        int named = Math.min(closest.size(), limits.k());
        for (int i = 0; i < named; i++) {
            Contact contact = closest.get(i);
            if (isPlausible(contact, from)) {
                learn(contact, source);
            }
        }
    }

    /** The answer is late: the look-up asks another node in the meantime. */
    public void onStalled(Contact contact) {
        Candidate candidate = open(contact);
        if (candidate != null && candidate.isInFlight()) {
            leaveFlight(candidate);
            candidate.stall();
            stalls++;
        }
    }

    /** No answer will arrive. If another endpoint was named for the node, that one is tried next. */
    public void onFailure(Contact contact) {
        Candidate candidate = open(contact);
        if (candidate != null) {
            leaveFlight(candidate);
            candidate.fail();
        }
    }

    /** Whether the closest nodes have all answered, or no candidate is left. Ask after {@link #next} returned empty. */
    public boolean isFinished() {
        boolean mayAsk = asked < limits.lookups().requestsMax();
        if (mayAsk && paths.isUnderWay()) {
            return false;
        }
        int answered = 0;
        for (int rank = 0; rank < candidates.size() && answered < width; rank++) {
            Candidate candidate = candidates.get(rank);
            boolean mayCount = candidate.isOpen() || candidate.isFresh() && mayAsk;
            if (mayCount && !isOut(candidate)) {
                return false;
            }
            answered += candidate.hasAnswered() ? 1 : 0;
        }
        return !mayAsk || !isInDoubt();
    }

    /** The nodes that answered, closest to the target first, at most {@code width}. */
    public List<Contact> closest() {
        List<Contact> closest = new ArrayList<>(width);
        for (int rank = 0; rank < candidates.size() && closest.size() < width; rank++) {
            if (candidates.get(rank).hasAnswered()) {
                closest.add(candidates.get(rank).contact());
            }
        }
        return List.copyOf(closest);
    }

    /**
     * The number of referrals that led to the closest node that answered: 0 if it was known before, 1 if a node known before named it, and
     * so on; -1 if none has answered.
     */
    public int hops() {
        for (int rank = 0; rank < candidates.size(); rank++) {
            if (candidates.get(rank).hasAnswered()) {
                return candidates.get(rank).depth();
            }
        }
        return -1;
    }

    /** Whether it used disjoint paths. */
    public boolean isOverDisjointPaths() {
        return paths.count() > 0;
    }

    /** One more for each stalled request, up to three times alpha: with many silent nodes, asking three at a time takes seconds. */
    private int places() {
        return limits.alpha() + Math.min(stalls, 2 * limits.alpha());
    }

    /** The closest candidate not asked yet, unless {@code width} closer ones have answered or may answer soon. */
    private @Nullable Candidate nextOfAll() {
        int closer = 0;
        for (int rank = 0; rank < candidates.size() && closer < width; rank++) {
            Candidate candidate = candidates.get(rank);
            if (isOut(candidate) || candidate.isStalled()) {
                continue;
            }
            if (candidate.isFresh()) {
                candidate.ask(-1);
                return candidate;
            }
            closer++;
        }
        return null;
    }

    /** Whether only late answers are pending and the result is implausible. */
    private boolean isInDoubt() {
        if (!mayDoubt || size == null || inFlight > 0) {
            return false;
        }
        int answered = 0;
        boolean isAnyOpen = false;
        for (int rank = 0; rank < candidates.size(); rank++) {
            Candidate candidate = candidates.get(rank);
            isAnyOpen |= candidate.isOpen();
            answered += candidate.hasAnswered() ? 1 : 0;
            if (answered == width) {
                return size.isSparse(candidate.contact().id().distanceTo(target), width);
            }
        }
        return !isAnyOpen && size.nodes() > 2 * width;
    }

    private void goOnOver(int count) {
        mayDoubt = false;
        paths = new DisjointPaths(count, limits.lookups());
        for (Contact contact : own.apply(count * SEEDS_PER_PATH)) {
            Candidate candidate = learnOwn(contact);
            if (candidate != null && candidate.isFresh()) {
                paths.deal(candidate, candidates);
            }
        }
    }

    private @Nullable Candidate learnOwn(Contact contact) {
        if (contact.id().equals(self)) {
            return null;
        }
        Candidate known = candidates.find(contact.id());
        return known == null ? candidates.addOwn(contact) : known;
    }

    private void learn(Contact contact, Candidate source) {
        if (contact.id().equals(self)) {
            return;
        }
        Candidate candidate = candidates.find(contact.id());
        if (candidate == null) {
            candidate = candidates.addNamed(contact, source);
        } else {
            candidate.learnAgain(contact, source, candidates);
        }
        if (candidate != null) {
            paths.heard(candidate, source.askedOn(), candidates);
        }
    }

    /** The candidate that was asked as this contact and not given up. */
    private @Nullable Candidate open(Contact contact) {
        Candidate candidate = candidates.find(contact.id());
        return candidate != null && candidate.isOpen() && candidate.isAwaited(contact) ? candidate : null;
    }

    private void leaveFlight(Candidate candidate) {
        if (candidate.isInFlight()) {
            inFlight--;
            paths.leaveFlight(candidate);
        }
    }

    private boolean isOut(Candidate candidate) {
        return candidate.isOut(limits.lookups().liesMax());
    }

    /** Rejects addresses at which no node, or only this host, answers; loopback is believed only from a source on loopback. */
    private static boolean isPlausible(Contact contact, Contact from) {
        return contact.endpoint().isMeaningfulTo(from.endpoint())
                && !contact.id().equals(from.id());
    }
}
