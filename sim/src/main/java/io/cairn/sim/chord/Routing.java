package io.cairn.sim.chord;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything a node knows about others, and its answer to one step of a look-up (closest_preceding_node in section IV-C of the paper). */
final class Routing {
    private final Contact self;
    private final ChordLimits limits;
    private final Neighbourhood neighbourhood;
    private final FingerTable fingers;

    Routing(Contact self, ChordLimits limits) {
        this.self = self;
        this.limits = limits;
        this.neighbourhood = new Neighbourhood(self.id(), limits.successorsMax());
        this.fingers = new FingerTable(self.id());
    }

    Contact self() {
        return self;
    }

    Neighbourhood neighbourhood() {
        return neighbourhood;
    }

    FingerTable fingers() {
        return fingers;
    }

    /** Whether this node keeps the key, when its own user asks. */
    boolean keeps(Key key) {
        Contact predecessor = neighbourhood.predecessor();
        return predecessor == null ? contacts().isEmpty() : Arc.reaches(predecessor.id(), key, self.id());
    }

    /**
     * The successors of the key, if this node is the last before it that is not avoided; else nodes nearer to the key. A node without
     * contacts keeps every key.
     */
    ChordMessage.Response step(ChordMessage.FindSuccessor question) {
        if (contacts().isEmpty()) {
            return new ChordMessage.Successors(List.of(self));
        }
        List<Contact> successors = without(question.avoided());
        NodeId before = self.id();
        boolean isWholeList = question.route() == Route.FINGERS_AND_SUCCESSOR_LIST;
        for (int i = 0; i < (isWholeList ? successors.size() : Math.min(1, successors.size())); i++) {
            NodeId next = successors.get(i).id();
            if (Arc.reaches(before, question.key(), next)) {
                return new ChordMessage.Successors(successors.subList(i, successors.size()));
            }
            before = next;
        }
        return new ChordMessage.Nearer(nearer(question, successors));
    }

    /** Forgets a dead node. Its fingers become unknown until they are looked up. */
    void remove(NodeId gone) {
        neighbourhood.remove(gone);
        fingers.replace(gone, null);
    }

    /** The number of distinct known nodes. */
    int entries() {
        return contacts().size();
    }

    /** The distinct known nodes: successors, predecessor, fingers from the farthest. */
    Set<Contact> contacts() {
        Set<Contact> contacts = new LinkedHashSet<>(neighbourhood.successors());
        Contact predecessor = neighbourhood.predecessor();
        if (predecessor != null) {
            contacts.add(predecessor);
        }
        for (int i = 0; i < fingers.size(); i++) {
            Contact finger = fingers.at(i);
            if (finger != null) {
                contacts.add(finger);
            }
        }
        return contacts;
    }

    private List<Contact> without(List<NodeId> avoided) {
        if (avoided.isEmpty()) {
            return neighbourhood.successors();
        }
        List<Contact> left = new ArrayList<>(neighbourhood.successors());
        left.removeIf(contact -> avoided.contains(contact.id()));
        return left;
    }

    private List<Contact> nearer(ChordMessage.FindSuccessor question, List<Contact> successors) {
        List<Contact> best = new ArrayList<>(limits.referralsMax() + 1);
        if (question.route() == Route.SUCCESSORS) {
            for (int i = 0; i < successors.size() && best.size() < limits.referralsMax(); i++) {
                if (Arc.isInside(self.id(), successors.get(i).id(), question.key())) {
                    best.add(successors.get(i));
                }
            }
            return best;
        }
        int successorsUsed = question.route() == Route.FINGERS ? Math.min(1, successors.size()) : successors.size();
        for (int i = 0; i < successorsUsed; i++) {
            propose(successors.get(i), question, best);
        }
        for (int i = 0; i < fingers.size(); i++) {
            propose(fingers.at(i), question, best);
        }
        return best;
    }

    /** Inserts a node into the list, nearest to the key first, if it precedes the key and is among the best. */
    private void propose(@Nullable Contact contact, ChordMessage.FindSuccessor question, List<Contact> best) {
        if (contact == null
                || !Arc.isInside(self.id(), contact.id(), question.key())
                || question.avoided().contains(contact.id())) {
            return;
        }
        int place = best.size();
        while (place > 0 && Arc.isInside(best.get(place - 1).id(), contact.id(), question.key())) {
            place--;
        }
        boolean isThere = place > 0 && best.get(place - 1).id().equals(contact.id());
        if (!isThere && place < limits.referralsMax()) {
            best.add(place, contact);
            if (best.size() > limits.referralsMax()) {
                best.remove(best.size() - 1);
            }
        }
    }
}
