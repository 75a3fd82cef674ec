package io.cairn.shell.session;

import io.cairn.app.Contacts.Person;
import io.cairn.app.Node;
import io.cairn.dht.id.NodeId;
import io.cairn.shell.output.Plain;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that the user gave to nodes, as output shows them: as they were when this was made. */
public final class Names {
    private final Map<NodeId, String> names = new HashMap<>();

    private Names() {}

    /** Those of a node's contacts. Asks the node, so not to be called by a listener. */
    public static Names of(Node node) {
        return of(node.contacts().all());
    }

    /** Those of contacts that are known. */
    public static Names of(List<Person> contacts) {
        Names names = new Names();
        contacts.forEach(person -> names.names.put(person.node(), Plain.line(person.name())));
        return names;
    }

    /** The name of a node; null if it has none. */
    public @Nullable String of(@Nullable NodeId node) {
        return node == null ? null : names.get(node);
    }

    /** The name of a node, else its short form. */
    public String shown(@Nullable NodeId node) {
        String name = of(node);
        return name != null ? name : node == null ? "somebody" : node.toShortString();
    }

    /** The end of a line that begins with a whole id: two spaces and its name, or nothing. */
    public String after(NodeId node) {
        String name = of(node);
        return name == null ? "" : "  " + name;
    }

    /** The name of a node, or nothing. */
    public String in(NodeId node) {
        String name = of(node);
        return name == null ? "" : name;
    }

    /** Whether any of these nodes has a name. */
    public boolean hasAnyOf(Iterable<NodeId> nodes) {
        for (NodeId node : nodes) {
            if (names.containsKey(node)) {
                return true;
            }
        }
        return false;
    }
}
