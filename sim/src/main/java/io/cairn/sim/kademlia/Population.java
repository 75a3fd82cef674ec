package io.cairn.sim.kademlia;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Id160;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Who lives, and where in the identifier space. The dead are forgotten, however many they become. */
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

    /** Somebody who can be known, but is no node of the simulation. */
    void addStranger(Contact contact) {
        everyone.add(contact);
    }

    /** The last of the living takes the place of the one who died. */
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

    /** How many nodes there have been. */
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

    /** How many leading bits a point shares with the living node closest to it, but for one that is right there. */
    int closestPrefixLength(Id160 point) {
        int most = 0;
        for (Contact contact : honest.closest(point, 2)) {
            most = contact.id().equals(point)
                    ? most
                    : Math.max(most, contact.id().commonPrefixLength(point));
        }
        return most;
    }

    /** Whom a node that has long been here would know: see {@link ContactIndex#acquaintances}. */
    List<Contact> acquaintances(Id160 self, int k, SplittableRandom random) {
        return everyone.acquaintances(self, k, random);
    }
}
