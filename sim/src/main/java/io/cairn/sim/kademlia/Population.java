package io.cairn.sim.kademlia;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Id160;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The living nodes, and their places in the identifier space. Dead nodes are forgotten, so memory stays bounded. */
final class Population {
    private final List<@Nullable SimulatedNode> nodes = new ArrayList<>();
    private final List<SimulatedNode> living = new ArrayList<>();
    private final List<SimulatedNode> livingView = Collections.unmodifiableList(living);
    private final ContactIndex honest = new ContactIndex();
    private final ContactIndex everyone = new ContactIndex();

    void add(SimulatedNode node) {
        node.setPlace(living.size());
        living.add(node);
        nodes.add(node);
        honest.add(node.contact());
        everyone.add(node.contact());
    }

    /** Adds a contact that nodes can know, but that is not a node of the simulation. */
    void addStranger(Contact contact) {
        everyone.add(contact);
    }

    /** The last of the living nodes takes the place of the dead one. */
    void remove(SimulatedNode node) {
        node.die();
        SimulatedNode last = living.remove(living.size() - 1);
        if (last != node) {
            living.set(node.place(), last);
            last.setPlace(node.place());
        }
        nodes.set(node.number(), null);
        honest.remove(node.contact());
        everyone.remove(node.contact());
    }

    /** The number of nodes added so far. */
    int size() {
        return nodes.size();
    }

    SimulatedNode node(int number) {
        SimulatedNode node = nodes.get(number);
        if (node == null) {
            throw new NoSuchElementException("node " + number + " is dead");
        }
        return node;
    }

    List<SimulatedNode> living() {
        return livingView;
    }

    /** The living nodes closest to a point, closest first. */
    List<Contact> closest(Id160 point, int count) {
        return honest.closest(point, count);
    }

    /** The number of leading bits that a point shares with the closest living node, except one exactly at the point. */
    int closestPrefixLength(Id160 point) {
        int most = 0;
        for (Contact contact : honest.closest(point, 2)) {
            most = contact.id().equals(point)
                    ? most
                    : Math.max(most, contact.id().commonPrefixLength(point));
        }
        return most;
    }

    /** The contacts of a node that has long been in the network: see {@link ContactIndex#acquaintances}. */
    List<Contact> acquaintances(Id160 self, int k, SplittableRandom random) {
        return everyone.acquaintances(self, k, random);
    }
}
