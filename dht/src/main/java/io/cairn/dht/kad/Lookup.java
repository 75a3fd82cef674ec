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
 * An iterative look-up (Kademlia, section 2.3), which is asked whom to ask and told what came back. Alpha requests are kept in flight
 * at all times rather than in rounds; one that stalls frees its slot and its place among the closest, and stays open. It has ended when the
 * closest candidates, those that failed left out, have all answered.
 *
 * <p>Liars that name only each other capture a look-up whose first few answers are all theirs. What it then finds is farther away than the
 * size of the network lets expect (see {@link NetworkSize#isSparse}). In that case, once, it goes on over disjoint paths (S/Kademlia, section
 * 4.4): contacts of the own table that were not asked yet are dealt to several paths, each asks those closest of what it heard itself,
 * one at a time, and nobody is asked by two; so one liar spoils one path. At the end all paths are one look-up again, in which the closest
 * of all that were heard of have to answer.
 */
public final class Lookup {
    /** Own contacts that each disjoint path begins with. */
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
     * @param width how many of the closest nodes are to be found, commonly k
     * @param size what is to be expected of the result; null if that is not known
     * @param own gives so many contacts of this node's own, those closest to the target
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

    /** Whom to ask now; empty if enough are being asked, or if it has ended. */
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
     * Somebody who was asked has answered, perhaps after it was given up.
     *
     * @param closest the contacts it named, whatever they are
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

    /** The answer is late: somebody else is asked meanwhile. */
    public void onStalled(Contact contact) {
        Candidate candidate = open(contact);
        if (candidate != null && candidate.isInFlight()) {
            leaveFlight(candidate);
            candidate.stall();
            stalls++;
        }
    }

    /** No answer will come. If another endpoint was named for the node, that one is tried. */
    public void onFailure(Contact contact) {
        Candidate candidate = open(contact);
        if (candidate != null) {
            leaveFlight(candidate);
            candidate.fail();
        }
    }

    /** Whether the closest nodes have all answered, or nobody is left to ask. To be asked after {@link #next} had nobody to name. */
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

    /** Those who have answered, closest to the target first, at most as many as were to be found. */
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
     * How many referrals led to the closest of those who answered: 0 if it was known before, 1 if somebody known before named it, and so
     * on; -1 if nobody has answered.
     */
    public int hops() {
        for (int rank = 0; rank < candidates.size(); rank++) {
            if (candidates.get(rank).hasAnswered()) {
                return candidates.get(rank).depth();
            }
        }
        return -1;
    }

    /** Whether it went over disjoint paths. */
    public boolean isOverDisjointPaths() {
        return paths.count() > 0;
    }

    /** One more for each that stalled, up to thrice alpha: where many are silent, to ask three at a time takes seconds. */
    private int places() {
        return limits.alpha() + Math.min(stalls, 2 * limits.alpha());
    }

    /** The closest that was not asked, unless as many closer ones have answered or may answer soon. */
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

    /** Whether nothing but late answers is awaited, and what was found is not to be believed. */
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

    /** The candidate that was asked as this contact and is not given up. */
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

    /** Nobody answers at these addresses, or only this host itself does; loopback is believed only to a source on loopback. */
    private static boolean isPlausible(Contact contact, Contact from) {
        return contact.endpoint().isMeaningfulTo(from.endpoint())
                && !contact.id().equals(from.id());
    }
}
