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
 * An iterative look-up of the node that keeps a key: ask it which node to query, tell it the results. One request at a time, as in the
 * paper. It bypasses a silent node through the other contacts of the last answer; if all of those are silent, it asks the same node again
 * and names the nodes to avoid, so that finally the last living node before the key names its successor. The keeper is asked too: it must
 * be alive, and it knows whether a node has joined between the key and itself. Requests are bounded by {@link ChordLimits#requestsMax}.
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
     * @param start the first node to ask: the node itself, or for a join any other
     */
    ChordLookup(Key key, Route route, Contact start, ChordLimits limits) {
        this.key = key;
        this.route = route;
        this.limits = limits;
        path.push(new Place(start, false));
    }

    /**
     * The next request to send.
     *
     * @param request a {@link ChordMessage.FindSuccessor}, or a {@link ChordMessage.GetNeighbours} to the presumed keeper of the key
     */
    record Question(Contact contact, ChordMessage.Request request) {}

    /** The next request, to be sent once the last one was answered or given up; empty if the look-up has ended. */
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

    /** The node asked names nearer nodes; any that are not nearer are dropped, so that the look-up ends. */
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

    /** The node asked is the last before the key, and names its successors. */
    void named(List<Contact> successors) {
        path.element().answered();
        for (Contact contact : successors) {
            if (keepers.size() < limits.successorsMax() && !avoided.contains(contact.id())) {
                keepers.add(contact);
            }
        }
    }

    /** The presumed keeper is alive. If its predecessor is nearer to the key, that one is asked next. */
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

    /** The node asked is silent. */
    void silent() {
        Contact named = keepers.poll();
        avoided.add(named == null ? path.pop().contact.id() : named.id());
    }

    /** Whether the look-up may bypass the node asked if its answer is late: never the start, nor the node to be found. */
    boolean mayPassBy(Question question) {
        return path.size() > 1 && question.request() instanceof ChordMessage.FindSuccessor;
    }

    /** The living node that keeps the key; empty until it is found. */
    Optional<Contact> keeper() {
        return Optional.ofNullable(keeper);
    }

    /** The number of nodes that answered on the way, without the start: the path length of the paper. The keeper is not among them. */
    int hops() {
        return hops;
    }

    private Question question(Place place) {
        place.avoidedThen = avoided.size();
        List<NodeId> recent = avoided.subList(Math.max(0, avoided.size() - limits.avoidedMax()), avoided.size());
        return new Question(place.contact, new ChordMessage.FindSuccessor(key, route, List.copyOf(recent)));
    }

    /** A node on the way, with the contacts it named that are not tried yet. */
    private final class Place {
        private final Contact contact;
        private final boolean isHop;
        private final Deque<Contact> nearer = new ArrayDeque<>(limits.referralsMax());

        /** The number of avoided nodes when it was last asked: it is asked again if there are more, else given up. */
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
