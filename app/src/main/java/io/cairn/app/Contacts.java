package io.cairn.app;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that you gave names to, alone and in groups. A name is yours: what a node calls itself is never trusted. Thread-safe. Futures fail
 * with a {@link CairnException}.
 */
public interface Contacts {
    /** Longest name of a contact or group, in characters. */
    int NAME_CHARACTERS_MAX = 64;

    /** Most contacts of a node. */
    int CONTACTS_MAX = 1_000;

    /** Gives a node a name. Fails with kind USAGE if the name is not a valid one, or belongs to another node or to a group. */
    CompletableFuture<Person> add(String name, NodeId node);

    /** Forgets a name, also in groups. Fails with kind USAGE if no contact has it. */
    CompletableFuture<Person> remove(String name);

    /** Makes a group, or changes its members. Fails with kind USAGE if a member is not a contact, or a contact has the group's name. */
    CompletableFuture<Group> setGroup(Group group);

    /** Forgets a group; its members stay contacts. Fails with kind USAGE if there is none of this name. */
    CompletableFuture<Group> removeGroup(String name);

    /** All contacts, by name. */
    List<Person> all();

    /** All groups, by name. */
    List<Group> groups();

    /**
     * The node that you mean: a contact's name, or a node id of 40 hexadecimal digits.
     *
     * @throws CairnException of kind USAGE if it is neither
     */
    NodeId resolve(String nameOrId) throws CairnException;

    /**
     * Looks who can be reached now: over an open session, where the node was last seen, or where the network finds its id. The events are
     * the contacts as they are found or given up; each has an end within ten seconds.
     */
    Operation<Presence, List<Presence>> presence();

    /** A node with a name. */
    record Person(String name, NodeId node, long addedMillis) {}

    /**
     * Contacts under one name.
     *
     * @param members names of contacts
     */
    record Group(String name, List<String> members) {
        public Group {
            members = List.copyOf(members);
        }
    }

    /**
     * Whether a contact can be reached.
     *
     * @param at where it answered just now; null if it did not
     */
    record Presence(Person person, @Nullable Endpoint at) {}
}
