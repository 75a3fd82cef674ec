package io.cairn.sim.chord;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An iterative look-up of the node that keeps a key, which is asked whom to ask and told what came back. One question at a time, as in
 * the paper. Around a silent node it goes by what else the last answer named; when all of that is silent it asks the same node
 * again, naming whom to avoid, so that in the end the last living node before the key says who follows. The keeper is asked too:
 * it has to live, and knows whether somebody has joined between the key and itself. Questions are bounded by {@link
 * ChordLimits#requestsMax}.
 */
final class ChordLookup {
    private final Key key;
    private final Route route;
    private final ChordLimits limits;
    private final Deque<Place> path = new ArrayDeque<>();
    private final Deque<Contact> keepers = new ArrayDeque<>();
    private final List<NodeId> avoided = new ArrayList<>();
    private @Nullable Contact keeper;
    private int questions;
    private int hops;

    /**
     * @param start who is asked first: the node itself, or in order to join any other
     */
    ChordLookup(Key key, Route route, Contact start, ChordLimits limits) {
        this.key = key;
        this.route = route;
        this.limits = limits;
        path.push(new Place(start, false));
    }

    /**
     * What to ask now.
     *
     * @param request a {@link ChordMessage.FindSuccessor}, or a {@link ChordMessage.GetNeighbours} to one that is said to keep the
     *     key
     */
    record Question(Contact contact, ChordMessage.Request request) {}

    /** The next question, to be asked when the last one was answered or given up; empty if the look-up has ended. */
    Optional<Question> next() {
        if (keeper != null || questions >= limits.requestsMax()) {
            return Optional.empty();
        }
        questions++;
        Contact named = keepers.peek();
        if (named != null) {
            return Optional.of(new Question(named, new ChordMessage.GetNeighbours(0)));
        }
        for (Place place = path.peek(); place != null; place = path.peek()) {
            Contact onward = place.nearer.poll();
            if (onward != null) {
                if (!avoided.contains(onward.id())) {
                    path.push(new Place(onward, true));
                }
            } else if (place.avoidedThen < avoided.size()) {
                return Optional.of(question(place));
            } else {
                avoided.add(place.contact.id());
                path.pop();
            }
        }
        return Optional.empty();
    }

    /** The one asked names nodes that are nearer; what is not nearer is left out, so that the look-up ends. */
    void referred(List<Contact> nearer) {
        Place place = path.element();
        place.answered();
        for (Contact contact : nearer) {
            if (place.nearer.size() < limits.referralsMax()
                    && Arc.isInside(place.contact.id(), contact.id(), key)
                    && !avoided.contains(contact.id())) {
                place.nearer.add(contact);
            }
        }
    }

    /** The one asked is the last before the key, and names who follows. */
    void named(List<Contact> successors) {
        path.element().answered();
        for (Contact contact : successors) {
            if (keepers.size() < limits.successorsMax() && !avoided.contains(contact.id())) {
                keepers.add(contact);
            }
        }
    }

    /** The one that was said to keep the key lives. If its predecessor is nearer to the key, that one is to be asked. */
    void confirmed(@Nullable Contact predecessor) {
        Contact named = keepers.element();
        if (predecessor != null
                && !avoided.contains(predecessor.id())
                && key.clockwiseTo(predecessor.id()).compareTo(key.clockwiseTo(named.id())) < 0) {
            hops++;
            keepers.addFirst(predecessor);
        } else {
            keeper = named;
        }
    }

    /** The one asked is silent. */
    void silent() {
        Contact named = keepers.poll();
        avoided.add(named == null ? path.pop().contact.id() : named.id());
    }

    /** Whether there may be a way around the one asked, if it answers late: not around the start, nor the node that is to be found. */
    boolean mayPassBy(Question question) {
        return path.size() > 1 && question.request() instanceof ChordMessage.FindSuccessor;
    }

    /** The living node that keeps the key; empty while it is not found. */
    Optional<Contact> keeper() {
        return Optional.ofNullable(keeper);
    }

    /** How many nodes have answered on the way, the start left out: the path length of the paper. The keeper is not among them. */
    int hops() {
        return hops;
    }

    private Question question(Place place) {
        place.avoidedThen = avoided.size();
        List<NodeId> recent = avoided.subList(Math.max(0, avoided.size() - limits.avoidedMax()), avoided.size());
        return new Question(place.contact, new ChordMessage.FindSuccessor(key, route, List.copyOf(recent)));
    }

    /** A node on the way, and what it named that was not tried yet. */
    private final class Place {
        private final Contact contact;
        private final boolean isHop;
        private final Deque<Contact> nearer = new ArrayDeque<>(limits.referralsMax());

        /** How many were avoided when it was asked last: it is asked again when there are more, and given up when there are not. */
        private int avoidedThen = -1;

        private boolean hasAnswered;

        Place(Contact contact, boolean isHop) {
            this.contact = contact;
            this.isHop = isHop;
        }

        void answered() {
            if (!hasAnswered && isHop) {
                hops++;
            }
            hasAnswered = true;
        }
    }
}
