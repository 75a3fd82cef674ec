package io.cairn.app.people;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Contacts;
import io.cairn.app.Contacts.Group;
import io.cairn.app.Contacts.Person;
import io.cairn.app.Reason;
import io.cairn.app.work.Work;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.store.state.ContactTable;
import io.cairn.transfer.store.state.ContactTable.StoredContact;
import io.cairn.transfer.store.state.ContactTable.StoredGroup;
import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The names that the user gave to nodes, and the groups of these names. On the loop; what is read has been stored. Changes are made one
 * after the other, each checked against what the one before it left.
 */
public final class AddressBook {
    private final Work work;
    private final NodeId own;
    private final ContactTable stored;
    private final TreeMap<String, Person> contacts = new TreeMap<>();
    private final TreeMap<String, Group> groups = new TreeMap<>();
    private final Map<NodeId, String> names = new HashMap<>();
    private final List<Runnable> watchers = new ArrayList<>();
    private final CompletableFuture<Void> restored = new CompletableFuture<>();
    private final CompletableFuture<Void> read = new CompletableFuture<>();
    private CompletableFuture<?> turn = CompletableFuture.completedFuture(null);

    /** @param own this node, which is not a contact */
    public AddressBook(Work work, NodeId own, ContactTable stored) {
        this.work = work;
        this.own = own;
        this.stored = stored;
    }

    /** Reads what earlier runs stored. Once. */
    public CompletableFuture<Void> restore() {
        CompletableFuture<Void> reading = work.offload(() -> new Stored(stored.all(), stored.groups()))
                .thenAccept(all -> {
                    all.contacts()
                            .forEach(
                                    contact -> keep(new Person(contact.name(), contact.node(), contact.addedMillis())));
                    all.groups().forEach(group -> groups.put(group.name(), new Group(group.name(), group.members())));
                });
        return reading.whenComplete((done, failure) -> {
            if (failure == null) {
                read.complete(null);
            } else {
                read.completeExceptionally(Work.cause(failure));
            }
            restored.complete(null);
        });
    }

    /** Completes once the contacts of earlier runs are known. Fails if they cannot be read: then nobody is known not to be meant. */
    public CompletableFuture<Void> read() {
        return read.copy();
    }

    /** Completes once the contacts of earlier runs are known, or cannot be read. */
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
        return Optional.ofNullable(names.get(node));
    }

    /** The user's names for nodes. */
    public Map<NodeId, String> names() {
        return Map.copyOf(names);
    }

    /** The contact of a name, in any Unicode form. */
    public Optional<Person> find(String name) {
        return Optional.ofNullable(contacts.get(normal(name)));
    }

    /** The group of a name, in any Unicode form. */
    public Optional<Group> findGroup(String name) {
        return Optional.ofNullable(groups.get(normal(name)));
    }

    /**
     * The nodes that are meant: of a contact, of a group's members, or a node id.
     *
     * @throws CairnException of kind USAGE if it is none of these
     */
    public Set<NodeId> nodes(String named) throws CairnException {
        Optional<Group> group = findGroup(named);
        return group.isPresent() ? nodes(group.get()) : Set.of(node(named));
    }

    /** The nodes of those who are in a group now. */
    public Set<NodeId> nodes(Group group) {
        Set<NodeId> nodes = new LinkedHashSet<>();
        group.members().forEach(member -> find(member).ifPresent(person -> nodes.add(person.node())));
        return nodes;
    }

    /**
     * The node that is meant: a contact's, or a node id.
     *
     * @throws CairnException of kind USAGE if it is neither
     */
    public NodeId node(String named) throws CairnException {
        Person person = find(named).orElse(null);
        if (person != null) {
            return person.node();
        }
        if (Contacts.NODE_ID.matcher(named).matches()) {
            return NodeId.fromHex(named);
        }
        throw nobody(named, findGroup(named).isPresent());
    }

    /** The failure where one node is meant, and a text names none. */
    public static CairnException nobody(String named, boolean isGroup) {
        return unknown(
                "no such contact: " + named,
                isGroup
                        ? "it is a group, and one node is meant"
                        : "it is neither the name of a contact nor a node id of 40 hexadecimal digits",
                named);
    }

    /** Calls back after each change, on the loop. */
    public void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    /** Adds a contact; see {@link Contacts#add}. */
    public CompletableFuture<Person> put(Person person) {
        return inTurn(() -> {
            String name = Contacts.checked(person.name());
            Person known = contacts.get(name);
            if (known != null && known.node().equals(person.node())) {
                return CompletableFuture.completedFuture(known);
            }
            refuseNode(name, person.node());
            refuseName(name);
            Person added = new Person(name, person.node(), person.addedMillis());
            return changed(
                    () -> stored.put(new StoredContact(name, added.node(), added.addedMillis())),
                    () -> keep(added),
                    added);
        });
    }

    /** Removes a contact, also from groups; see {@link Contacts#remove}. */
    public CompletableFuture<Person> remove(String name) {
        return inTurn(() -> {
            Person person = find(name).orElse(null);
            if (person == null) {
                throw unknown("cannot remove the contact " + name, "no contact has this name", name);
            }
            return changed(() -> stored.remove(person.name()), () -> forget(person), person);
        });
    }

    /** Adds a group, or replaces the one of its name; see {@link Contacts#setGroup}. */
    public CompletableFuture<Group> put(Group group) {
        return inTurn(() -> {
            String name = Contacts.checked(group.name());
            Set<String> members = new LinkedHashSet<>();
            for (String member : group.members()) {
                Person person = find(member).orElse(null);
                if (person == null) {
                    throw unknown("cannot make the group " + name, "no contact has the name " + member, member);
                }
                members.add(person.name());
            }
            if (members.isEmpty()) {
                throw refused("cannot make the group " + name, "it has no members", "name its members");
            }
            Group put = new Group(name, List.copyOf(members));
            if (Objects.equals(put, groups.get(name))) {
                return CompletableFuture.completedFuture(put);
            }
            if (!groups.containsKey(name)) {
                refuseName(name);
                if (groups.size() >= Contacts.GROUPS_MAX) {
                    throw refused(
                            "cannot make the group " + name,
                            "there are " + Contacts.GROUPS_MAX + " groups already",
                            "remove one first");
                }
            }
            return changed(
                    () -> stored.putGroup(new StoredGroup(name, put.members())), () -> groups.put(name, put), put);
        });
    }

    /** Removes a group; see {@link Contacts#removeGroup}. */
    public CompletableFuture<Group> removeGroup(String name) {
        return inTurn(() -> {
            Group group = findGroup(name).orElse(null);
            if (group == null) {
                throw unknown("cannot remove the group " + name, "no group has this name", name);
            }
            return changed(() -> stored.removeGroup(group.name()), () -> groups.remove(group.name()), group);
        });
    }

    private void keep(Person person) {
        contacts.put(person.name(), person);
        names.put(person.node(), person.name());
    }

    private void forget(Person person) {
        contacts.remove(person.name());
        names.remove(person.node());
        groups.replaceAll((name, group) -> new Group(
                name,
                group.members().stream()
                        .filter(member -> !member.equals(person.name()))
                        .toList()));
    }

    private void refuseNode(String name, NodeId node) throws CairnException {
        String named = names.get(node);
        if (node.equals(own)) {
            throw refused("cannot add the contact " + name, "it is this node itself", "give the id of another node");
        }
        if (named != null) {
            throw refused(
                    "cannot add the contact " + name,
                    "this node is the contact " + named + " already",
                    "keep that name, or remove that contact first");
        }
        if (contacts.size() >= Contacts.CONTACTS_MAX) {
            throw refused(
                    "cannot add the contact " + name,
                    "there are " + Contacts.CONTACTS_MAX + " contacts already",
                    "remove one first");
        }
    }

    /** A new name is refused if it is taken, or if a person could confuse it with one that is. */
    private void refuseName(String name) throws CairnException {
        String confusable = Contacts.confusable(name);
        for (String taken : contacts.keySet()) {
            if (Contacts.confusable(taken).equals(confusable)) {
                throw refused(
                        "cannot use the name " + name,
                        "another contact is " + taken,
                        "choose another name, or remove that contact first");
            }
        }
        for (String taken : groups.keySet()) {
            if (Contacts.confusable(taken).equals(confusable)) {
                throw refused(
                        "cannot use the name " + name,
                        "a group is " + taken,
                        "choose another name, or remove that group first");
            }
        }
    }

    private static CairnException refused(String what, String why, String next) {
        return new CairnException(Kind.USAGE, what, why, next);
    }

    private static CairnException unknown(String what, String why, String name) {
        return new CairnException(
                Kind.USAGE,
                what,
                why,
                Reason.LIST_THE_CONTACTS.says("see the names of all contacts").and("name", name));
    }

    private static String normal(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    private <T> CompletableFuture<T> inTurn(Change<T> change) {
        CompletableFuture<T> done = turn.thenCompose(before -> read).thenCompose(known -> {
            try {
                return change.make();
            } catch (CairnException refusal) {
                return CompletableFuture.failedFuture(refusal);
            }
        });
        turn = done.handle((result, failure) -> null);
        return done;
    }

    private <T> CompletableFuture<T> changed(Storing storing, Runnable change, T result) {
        return work.offload(() -> {
                    storing.run();
                    return result;
                })
                .thenApply(done -> {
                    change.run();
                    watchers.forEach(Runnable::run);
                    return result;
                });
    }

    private interface Change<T> {
        CompletableFuture<T> make() throws CairnException;
    }

    private interface Storing {
        void run() throws IOException;
    }

    private record Stored(List<StoredContact> contacts, List<StoredGroup> groups) {}
}
