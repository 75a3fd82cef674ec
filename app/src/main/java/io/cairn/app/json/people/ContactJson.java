package io.cairn.app.json.people;

import io.cairn.app.Contacts.Group;
import io.cairn.app.Contacts.Person;
import io.cairn.app.Contacts.Presence;
import io.cairn.app.Contacts.Reach;
import io.cairn.app.json.JsonFields;
import io.cairn.app.json.JsonObject;
import io.cairn.app.json.JsonTree;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/** Contacts and groups in JSON, and which of them answer. */
public final class ContactJson {
    private ContactJson() {}

    /** A contact. */
    public static JsonObject of(Person person) {
        return new JsonObject("contact", fields -> person(fields, person));
    }

    /** A contact that is one no longer. */
    public static JsonObject removed(Person person) {
        return new JsonObject("contact_removed", fields -> person(fields, person));
    }

    public static Person read(JsonTree json) {
        return new Person(
                json.text("name"), json.value("node", NodeId::fromHex), json.value("addedAt", ContactJson::millis));
    }

    /** The node to give a name to. */
    public static JsonObject wanted(NodeId node) {
        return new JsonObject("add", fields -> fields.text("node", node));
    }

    /** @throws IllegalArgumentException if it is missing or not a node id */
    public static NodeId readWanted(JsonTree json) {
        return json.value("node", NodeId::fromHex);
    }

    /** The node that is meant. */
    public static JsonObject meant(NodeId node) {
        return new JsonObject("meant", fields -> fields.text("node", node));
    }

    public static NodeId readMeant(JsonTree json) {
        return json.value("node", NodeId::fromHex);
    }

    /** What a node hands over so that another makes a contact of it. */
    public static JsonObject card(String card, NodeId node, List<Endpoint> addresses) {
        return new JsonObject(
                "card", fields -> fields.text("card", card).text("node", node).texts("addresses", addresses));
    }

    /** A group. */
    public static JsonObject of(Group group) {
        return new JsonObject("group", fields -> group(fields, group));
    }

    /** A group that is one no longer. */
    public static JsonObject removed(Group group) {
        return new JsonObject("group_removed", fields -> group(fields, group));
    }

    public static Group readGroup(JsonTree json) {
        return readGroup(json.text("name"), json);
    }

    /** The members of a group whose name is known. */
    public static Group readGroup(String name, JsonTree json) {
        return new Group(name, json.texts("members"));
    }

    /** Whether a contact answers. */
    public static JsonObject of(Presence presence) {
        return new JsonObject("presence", fields -> presence(fields, presence));
    }

    /** @throws IllegalArgumentException if a field is missing, or an address does not belong there */
    public static Presence readPresence(JsonTree json) {
        return new Presence(
                read(json), json.constant("reach", Reach.class), json.has("address") ? json.endpoint("address") : null);
    }

    /** All contacts, and whether they answer. */
    public static JsonObject all(List<Presence> all) {
        return new JsonObject("presences", fields -> fields.objects("contacts", all, ContactJson::presence));
    }

    public static List<Presence> readAll(JsonTree json) {
        return json.objects("contacts").stream().map(ContactJson::readPresence).toList();
    }

    private static void presence(JsonFields fields, Presence presence) {
        person(fields, presence.person()).constant("reach", presence.reach()).text("address", presence.at());
    }

    private static JsonFields person(JsonFields fields, Person person) {
        return fields.text("name", person.name())
                .text("node", person.node())
                .text("addedAt", Instant.ofEpochMilli(person.addedMillis()));
    }

    private static void group(JsonFields fields, Group group) {
        fields.text("name", group.name()).texts("members", group.members());
    }

    private static long millis(String time) {
        try {
            return Instant.parse(time).toEpochMilli();
        } catch (DateTimeParseException invalid) {
            throw new IllegalArgumentException("the field addedAt is not a time", invalid);
        }
    }
}
