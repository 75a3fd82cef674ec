package io.cairn.control;

import io.cairn.app.CairnException;
import io.cairn.app.Contacts;
import io.cairn.app.Operation;
import io.cairn.dht.id.NodeId;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The contacts of whichever node is the current one. */
final class SharedContacts implements Contacts {
    private final Succession succession;

    SharedContacts(Succession succession) {
        this.succession = succession;
    }

    @Override
    public CompletableFuture<Person> add(String name, NodeId node) {
        return succession.carry(on -> on.node().contacts().add(name, node));
    }

    @Override
    public CompletableFuture<Person> remove(String name) {
        return succession.carry(on -> on.node().contacts().remove(name));
    }

    @Override
    public CompletableFuture<Group> setGroup(Group group) {
        return succession.carry(on -> on.node().contacts().setGroup(group));
    }

    @Override
    public CompletableFuture<Group> removeGroup(String name) {
        return succession.carry(on -> on.node().contacts().removeGroup(name));
    }

    @Override
    public List<Person> all() {
        return succession.ask(on -> on.node().contacts().all());
    }

    @Override
    public List<Group> groups() {
        return succession.ask(on -> on.node().contacts().groups());
    }

    @Override
    public NodeId resolve(String nameOrId) throws CairnException {
        return succession.query(on -> on.node().contacts().resolve(nameOrId));
    }

    @Override
    public Operation<Presence, List<Presence>> presence() {
        return SteadyOperation.begun(succession, on -> on.node().contacts().presence());
    }
}
