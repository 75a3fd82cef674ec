package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Contacts;
import io.cairn.app.Operation;
import io.cairn.app.Reason;
import io.cairn.dht.id.NodeId;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** The contacts of a fake node: the nodes of its world answer, others do not. */
final class FakeContacts implements Contacts {
    private final FakeNode node;
    private final TreeMap<String, Person> people = new TreeMap<>();
    private final TreeMap<String, Group> groups = new TreeMap<>();

    FakeContacts(FakeNode node) {
        this.node = node;
    }

    @Override
    public CompletableFuture<Person> add(String name, NodeId of) {
        Person known = people.get(name);
        if (known != null && known.node().equals(of)) {
            return node.answer(known);
        }
        boolean isNamed =
                people.values().stream().anyMatch(person -> person.node().equals(of));
        if (!isName(name)
                || known != null
                || isNamed
                || groups.containsKey(name)
                || of.equals(node.info().node())) {
            return failed("cannot add the contact " + name, name);
        }
        Person added = new Person(name, of, 1_000);
        return changed(() -> people.put(name, added), added);
    }

    @Override
    public CompletableFuture<Person> remove(String name) {
        Person former = people.get(name);
        return former == null
                ? failed("cannot remove the contact " + name, name)
                : changed(
                        () -> {
                            people.remove(name);
                            groups.replaceAll((group, all) -> new Group(
                                    group,
                                    all.members().stream()
                                            .filter(member -> !member.equals(name))
                                            .toList()));
                        },
                        former);
    }

    @Override
    public CompletableFuture<Group> setGroup(Group group) {
        boolean isComplete = !group.members().isEmpty() && people.keySet().containsAll(group.members());
        return !isName(group.name()) || !isComplete || people.containsKey(group.name())
                ? failed("cannot make the group " + group.name(), group.name())
                : changed(() -> groups.put(group.name(), group), group);
    }

    @Override
    public CompletableFuture<Group> removeGroup(String name) {
        Group former = groups.get(name);
        return former == null
                ? failed("cannot remove the group " + name, name)
                : changed(() -> groups.remove(name), former);
    }

    @Override
    public List<Person> all() {
        return node.closed ? List.of() : List.copyOf(people.values());
    }

    @Override
    public List<Group> groups() {
        return node.closed ? List.of() : List.copyOf(groups.values());
    }

    @Override
    public NodeId resolve(String nameOrId) throws CairnException {
        if (NODE_ID.matcher(nameOrId).matches()) {
            return NodeId.fromHex(nameOrId);
        }
        Person person = people.get(nameOrId);
        if (person == null) {
            throw nobody("no such contact: " + nameOrId, nameOrId);
        }
        return person.node();
    }

    @Override
    public Operation<Presence, List<Presence>> presence() {
        FakeOperation<Presence, List<Presence>> search = new FakeOperation<>();
        if (!node.refuses(search.completion)) {
            List<Presence> all = people.values().stream().map(this::presence).toList();
            all.forEach(search::tell);
            search.completion.complete(all);
        }
        return search;
    }

    private Presence presence(Person person) {
        return node.world.nodes.stream()
                .filter(other -> !other.closed && other.info().node().equals(person.node()))
                .map(other -> new Presence(person, Reach.REACHABLE, other.endpoint()))
                .findFirst()
                .orElseGet(() -> new Presence(person, Reach.SILENT, null));
    }

    private <T> CompletableFuture<T> changed(Runnable change, T result) {
        if (!node.closed) {
            change.run();
        }
        return node.answer(result);
    }

    private <T> CompletableFuture<T> failed(String what, String name) {
        return CompletableFuture.failedFuture(node.closed ? FakeOperation.closed() : nobody(what, name));
    }

    private static CairnException nobody(String what, String name) {
        return new CairnException(
                Kind.USAGE,
                what,
                "it is so",
                Reason.LIST_THE_CONTACTS.says("do otherwise").and("name", name));
    }

    private static boolean isName(String name) {
        try {
            return Contacts.checked(name).equals(name);
        } catch (CairnException wrong) {
            return false;
        }
    }
}
