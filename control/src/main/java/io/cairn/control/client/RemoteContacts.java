package io.cairn.control.client;

import io.cairn.app.CairnException;
import io.cairn.app.Contacts;
import io.cairn.app.Operation;
import io.cairn.app.json.people.ContactJson;
import io.cairn.dht.id.NodeId;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The contacts of a node in another process. */
final class RemoteContacts implements Contacts {
    private static final String CONTACTS = "/contacts";
    private static final String GROUPS = "/groups";

    private final NodeCalls calls;

    RemoteContacts(NodeCalls calls) {
        this.calls = calls;
    }

    @Override
    public CompletableFuture<Person> add(String name, NodeId node) {
        return calls.call(Request.put(contact(name), ContactJson.wanted(node)), Answer.object(ContactJson::read));
    }

    @Override
    public CompletableFuture<Person> remove(String name) {
        return calls.call(Request.delete(contact(name)), Answer.object(ContactJson::read));
    }

    @Override
    public CompletableFuture<Group> setGroup(Group group) {
        return calls.call(
                Request.put(group(group.name()), ContactJson.of(group)), Answer.object(ContactJson::readGroup));
    }

    @Override
    public CompletableFuture<Group> removeGroup(String name) {
        return calls.call(Request.delete(group(name)), Answer.object(ContactJson::readGroup));
    }

    @Override
    public List<Person> all() {
        return calls.ask(Request.get(CONTACTS), Answer.array(ContactJson::read), List::of);
    }

    @Override
    public List<Group> groups() {
        return calls.ask(Request.get(GROUPS), Answer.array(ContactJson::readGroup), List::of);
    }

    @Override
    public NodeId resolve(String nameOrId) throws CairnException {
        return NODE_ID.matcher(nameOrId).matches()
                ? NodeId.fromHex(nameOrId)
                : calls.query(Request.get(contact(nameOrId) + "/node"), Answer.object(ContactJson::readMeant));
    }

    @Override
    public Operation<Presence, List<Presence>> presence() {
        return calls.operation(
                Request.get("/presence"),
                new OperationLines.Shape<>(
                        line -> line.type().equals("presence"),
                        ContactJson::readPresence,
                        ContactJson::readAll,
                        Presence::person));
    }

    private static String contact(String name) {
        return CONTACTS + "/" + Request.encoded(name);
    }

    private static String group(String name) {
        return GROUPS + "/" + Request.encoded(name);
    }
}
