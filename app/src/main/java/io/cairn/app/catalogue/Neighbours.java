package io.cairn.app.catalogue;

import io.cairn.app.CairnException;
import io.cairn.app.network.Peers;
import io.cairn.app.people.AddressBook;
import io.cairn.dht.Dht;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.swarm.Swarm;
import io.cairn.transfer.swarm.peer.SwarmStatistics;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The nodes whose catalogues concern this one: peers with a session, contacts, and nodes of the local network. On the loop. */
final class Neighbours {
    private static final Pattern BEGINNING = Pattern.compile("[0-9a-fA-F]{6,39}");

    private final Dht dht;
    private final Swarm swarm;
    private final AddressBook people;
    private final Predicate<InetAddress> isNear;

    Neighbours(Dht dht, Swarm swarm, AddressBook people, Predicate<InetAddress> isNear) {
        this.dht = dht;
        this.swarm = swarm;
        this.people = people;
        this.isNear = isNear;
    }

    /** All of them, those first that answer soonest. */
    List<BrowseRun.Host> all() {
        Map<NodeId, List<Endpoint>> hosts = new LinkedHashMap<>();
        for (SwarmStatistics.Session session : swarm.statistics().sessions()) {
            hosts.putIfAbsent(Peers.node(session.peer()), List.of(session.endpoint()));
        }
        for (Contact contact : dht.contacts()) {
            if (isNear(contact)) {
                hosts.putIfAbsent(contact.id(), List.of(contact.endpoint()));
            }
        }
        people.all().forEach(person -> hosts.putIfAbsent(person.node(), List.of()));
        hosts.remove(dht.id());
        List<BrowseRun.Host> all = new ArrayList<>();
        hosts.forEach((node, endpoints) -> all.add(new BrowseRun.Host(node, endpoints)));
        return all;
    }

    /** Whether a contact is a node of the local network. */
    boolean isNear(Contact contact) {
        return isNear.test(contact.endpoint().address());
    }

    /** The nodes that a word means: a contact, a group, a node id, or the beginning or short form of one of {@link #all}; none if it is none of these. */
    List<BrowseRun.Host> meant(String word) {
        try {
            return people.nodes(word).stream()
                    .filter(node -> !node.equals(dht.id()))
                    .map(node -> new BrowseRun.Host(node, List.of()))
                    .toList();
        } catch (CairnException nobody) {
            boolean isBeginning = BEGINNING.matcher(word).matches();
            return all().stream()
                    .filter(host -> host.node().toShortString().equals(word)
                            || isBeginning && host.node().toHex().startsWith(word.toLowerCase(Locale.ROOT)))
                    .toList();
        }
    }
}
