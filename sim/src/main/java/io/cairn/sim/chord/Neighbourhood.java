package io.cairn.sim.chord;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node's place on the ring: its predecessor and its successors, nearest first. Never contains the node itself. */
final class Neighbourhood {
    private final NodeId self;
    private final int successorsMax;
    private @Nullable Contact predecessor;
    private List<Contact> successors = List.of();

    Neighbourhood(NodeId self, int successorsMax) {
        this.self = self;
        this.successorsMax = successorsMax;
    }

    @Nullable
    Contact predecessor() {
        return predecessor;
    }

    List<Contact> successors() {
        return successors;
    }

    @Nullable
    Contact successor() {
        return successors.isEmpty() ? null : successors.get(0);
    }

    void setPredecessor(@Nullable Contact contact) {
        predecessor = contact != null && contact.id().equals(self) ? null : contact;
    }

    /** Sets a living node as the successor, and takes the rest from its list; in a small ring that list wraps round to this node. */
    void follow(Contact successor, List<Contact> itsSuccessors) {
        List<Contact> list = new ArrayList<>(Math.min(successorsMax, itsSuccessors.size() + 1));
        list.add(successor);
        for (int i = 0; i < itsSuccessors.size() && list.size() < successorsMax; i++) {
            Contact next = itsSuccessors.get(i);
            if (!Arc.isInside(list.get(list.size() - 1).id(), next.id(), self)) {
                break;
            }
            list.add(next);
        }
        if (!list.equals(successors)) {
            successors = List.copyOf(list);
        }
    }

    /** Whether a node that believes it is our predecessor is nearer than the one we know. */
    boolean isNearerPredecessor(Contact contact) {
        return !contact.id().equals(self)
                && (predecessor == null || Arc.isInside(predecessor.id(), contact.id(), self));
    }

    boolean isPredecessor(NodeId id) {
        return predecessor != null && predecessor.id().equals(id);
    }

    boolean isSuccessor(NodeId id) {
        return !successors.isEmpty() && successors.get(0).id().equals(id);
    }

    /** Removes a dead node; the next in the list takes its place. */
    void remove(NodeId id) {
        if (isPredecessor(id)) {
            predecessor = null;
        }
        for (Contact successor : successors) {
            if (successor.id().equals(id)) {
                List<Contact> left = new ArrayList<>(successors);
                left.remove(successor);
                successors = List.copyOf(left);
                return;
            }
        }
    }
}
