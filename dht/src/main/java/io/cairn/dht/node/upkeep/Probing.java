package io.cairn.dht.node.upkeep;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.kad.RoutingTable;
import io.cairn.dht.node.request.Local;
import io.cairn.dht.node.request.Requests;
import io.cairn.dht.wire.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the routing table accurate with one query at a time: the stalest contact is asked for a point in its bucket, which checks the
 * contact and refreshes the bucket at once (as pymdht does). The pace adapts: each silence halves the pause and each answer lengthens it a
 * little, so that a quiet network is left alone and a damaged table recovers within minutes. After several silences close together the
 * neighbours come first, nearest first, then all others by staleness. When no node answers, this node is cut off: then it asks any contact
 * at growing intervals until it is heard again.
 */
final class Probing {
    /** With one in six contacts dead, each asked twice, the pause stays short; with one in twelve it returns to its maximum. */
    private static final double LENGTHENING = 1.15;

    /** Two silences in a row that start at the longest pause raise an alarm, which lasts until the pause is back at its maximum. */
    private static final int ALARM_PART = 4;

    private static final int UNDER_WAY_MAX = 8;

    private final Local local;
    private final RoutingTable table;
    private final Requests requests;
    private final TableContacts contacts;
    private final Runnable whenShorter;
    private final List<Contact> underWay = new ArrayList<>(1);
    private long pauseMillis;
    private boolean isAlarmed;
    private long alarmedMillis;

    /** @param whenShorter called when the pause becomes shorter, so that the current longer one is cut short */
    Probing(Local local, RoutingTable table, Requests requests, TableContacts contacts, Runnable whenShorter) {
        this.local = local;
        this.table = table;
        this.requests = requests;
        this.contacts = contacts;
        this.whenShorter = whenShorter;
        this.pauseMillis = upkeep().probeMillis();
    }

    /** The pause before the next query, up to an eighth shorter at random, so that nodes do not ask in step. */
    long nextPauseMillis() {
        return pauseMillis - local.environment().random().nextLong(pauseMillis / 8 + 1);
    }

    /** Much may have changed unseen: sets the pause to its minimum; answers lengthen it again. */
    void hasten() {
        setPause(upkeep().probeShortestMillis());
    }

    /** Queries the contact that is due. */
    void proceed() {
        long nowMillis = local.monotonicMillis();
        if (underWay.size() < UNDER_WAY_MAX) {
            next(nowMillis).ifPresent(contact -> probe(contact, nowMillis));
        }
    }

    /** Asks a node that has just answered for nodes near this one. */
    void askForNeighbours(Contact contact) {
        ask(contact, Key.at(local.id()));
    }

    /** Replaces a neighbour that left at once: another neighbour knows the next closest node. */
    void departed(Contact contact) {
        if (!table.isNeighbour(contact.id()) || underWay.size() >= UNDER_WAY_MAX) {
            return;
        }
        List<Contact> neighbours =
                new ArrayList<>(table.closest(local.id(), local.limits().k()));
        neighbours.removeAll(underWay);
        if (!neighbours.isEmpty()) {
            askForNeighbours(neighbours.get(local.environment().random().nextInt(neighbours.size())));
        }
    }

    private Optional<Contact> next(long nowMillis) {
        if (contacts.isCutOff()) {
            List<Contact> all = table.contacts();
            return Optional.of(all.get(local.environment().random().nextInt(all.size())))
                    .filter(contact -> !underWay.contains(contact));
        }
        if (isAlarmed) {
            Optional<Contact> neighbour = table.nearestSilent(nowMillis - alarmedMillis, nowMillis, underWay);
            if (neighbour.isPresent()) {
                return neighbour;
            }
        }
        int weight = isAlarmed ? 1 : upkeep().neighbourWeight();
        Optional<Contact> stalest = table.stalest(nowMillis, underWay, contacts.isHeard(), weight);
        return stalest.isPresent() ? stalest : table.stalest(nowMillis, underWay, true, weight);
    }

    private void probe(Contact contact, long nowMillis) {
        Key point = table.isNeighbour(contact.id())
                ? Key.at(local.id())
                : table.pointNear(contact.id(), local.environment().random());
        table.touch(contact.id(), nowMillis);
        ask(contact, point);
    }

    private void ask(Contact contact, Key point) {
        underWay.add(contact);
        requests.ask(contact, new Message.FindNode(point), new Requests.Asker() {
            @Override
            public void answered(Contact from, Message.Response response) {
                underWay.remove(contact);
                setPause(Math.round(pauseMillis * LENGTHENING));
                if (response instanceof Message.Nodes nodes && table.mayHaveRoomNear(point)) {
                    contacts.verify(from, nodes.closest(), local.limits().k(), () -> {});
                }
            }

            @Override
            public void unanswered() {
                underWay.remove(contact);
                setPause(contacts.isCutOff() ? 2 * pauseMillis : pauseMillis / 2);
            }
        });
    }

    private void setPause(long millis) {
        KademliaLimits.Upkeep limits = upkeep();
        long formerMillis = pauseMillis;
        pauseMillis = Math.min(limits.probeMillis(), Math.max(limits.probeShortestMillis(), millis));
        if (!isAlarmed && pauseMillis <= limits.probeMillis() / ALARM_PART) {
            isAlarmed = true;
            alarmedMillis = local.monotonicMillis();
        } else if (pauseMillis == limits.probeMillis()) {
            isAlarmed = false;
        }
        if (pauseMillis < formerMillis) {
            whenShorter.run();
        }
    }

    private KademliaLimits.Upkeep upkeep() {
        return local.limits().upkeep();
    }
}
