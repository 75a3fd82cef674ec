package io.cairn.app.people;

import io.cairn.app.CairnException;
import io.cairn.app.Contacts.Group;
import io.cairn.app.Contacts.Person;
import io.cairn.app.work.Work;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.store.state.ContactTable;
import io.cairn.transfer.store.state.ContactTable.StoredContact;
import io.cairn.transfer.store.state.ContactTable.StoredGroup;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** The names that the user gave to nodes, and the groups of these names. On the loop; what is read has been stored. */
public final class AddressBook {
    private static final Pattern NODE_ID = Pattern.compile("[0-9a-fA-F]{40}");

    private final Work work;
    private final ContactTable stored;
    private final TreeMap<String, Person> contacts = new TreeMap<>();
    private final TreeMap<String, Group> groups = new TreeMap<>();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> restored = new CompletableFuture<>();

    public AddressBook(Work work, ContactTable stored) {
        this.work = work;
        this.stored = stored;
    }

    /** Reads what earlier runs stored. Once. */
    public CompletableFuture<Void> restore() {
        CompletableFuture<Void> read = work.offload(() -> new Stored(stored.all(), stored.groups()))
                .thenAccept(all -> {
                    all.contacts()
                            .forEach(contact -> contacts.put(
                                    contact.name(), new Person(contact.name(), contact.node(), contact.addedMillis())));
                    all.groups().forEach(group -> groups.put(group.name(), new Group(group.name(), group.members())));
                });
        CompletableFuture<Void> unused = read.whenComplete((done, failure) -> restored.complete(null));
        return read;
    }

    /** Completes once the contacts of earlier runs are known. */
    public CompletableFuture<Void> restored() {
        return restored.copy();
    }

    /** All contacts, by name. */
    public List<Person> all() {
        return List.copyOf(contacts.values());
    }

    /** All groups, by name. */
    public List<Group> groups() {
        return List.copyOf(groups.values());
    }

    /** The user's name for a node. */
    public Optional<String> nameOf(NodeId node) {
        return contacts.values().stream()
                .filter(person -> person.node().equals(node))
                .map(Person::name)
                .findFirst();
    }

    /** The contact of a name. */
    public Optional<Person> find(String name) {
        return Optional.ofNullable(contacts.get(name));
    }

    /** The group of a name. */
    public Optional<Group> findGroup(String name) {
        return Optional.ofNullable(groups.get(name));
    }

    /**
     * The nodes that are meant: of a contact, of a group's members, or a node id.
     *
     * @throws CairnException of kind USAGE if it is none of these
     */
    public Set<NodeId> nodes(String named) throws CairnException {
        Set<NodeId> nodes = new LinkedHashSet<>();
        Group group = groups.get(named);
        if (group != null) {
            group.members().forEach(member -> find(member).ifPresent(person -> nodes.add(person.node())));
        } else {
            nodes.add(node(named));
        }
        return nodes;
    }

    /**
     * The node that is meant: a contact's, or a node id.
     *
     * @throws CairnException of kind USAGE if it is neither
     */
    public NodeId node(String named) throws CairnException {
        Person person = contacts.get(named);
        if (person != null) {
            return person.node();
        }
        if (NODE_ID.matcher(named).matches()) {
            return NodeId.fromHex(named);
        }
        throw new CairnException(
                CairnException.Kind.USAGE,
                "no such contact: " + named,
                "it is neither the name of a contact nor a node id of 40 hexadecimal digits",
                "see the names with: cairn contacts");
    }

    /** Calls back after each change, on the loop. */
    public void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    /** Stores a contact. */
    public CompletableFuture<Person> put(Person person) {
        return changed(
                () -> stored.put(new StoredContact(person.name(), person.node(), person.addedMillis())),
                () -> contacts.put(person.name(), person),
                person);
    }

    /** Removes a contact, also from groups. */
    public CompletableFuture<Person> remove(Person person) {
        return changed(
                () -> stored.remove(person.name()),
                () -> {
                    contacts.remove(person.name());
                    groups.replaceAll((name, group) -> new Group(
                            name,
                            group.members().stream()
                                    .filter(member -> !member.equals(person.name()))
                                    .toList()));
                },
                person);
    }

    /** Stores a group. */
    public CompletableFuture<Group> put(Group group) {
        return changed(
                () -> stored.putGroup(new StoredGroup(group.name(), group.members())),
                () -> groups.put(group.name(), group),
                group);
    }

    /** Removes a group. */
    public CompletableFuture<Group> remove(Group group) {
        return changed(() -> stored.removeGroup(group.name()), () -> groups.remove(group.name()), group);
    }

    private <T> CompletableFuture<T> changed(Storing storing, Runnable change, T result) {
        return restored.thenCompose(known -> work.offload(() -> {
                    storing.run();
                    return result;
                }))
                .thenApply(done -> {
                    change.run();
                    watchers.forEach(Runnable::run);
                    return result;
                });
    }

    private interface Storing {
        void run() throws IOException;
    }

    private record Stored(List<StoredContact> contacts, List<StoredGroup> groups) {}
}
