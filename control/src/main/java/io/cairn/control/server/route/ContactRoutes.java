package io.cairn.control.server.route;

import static io.cairn.control.server.route.ControlRoute.get;

import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.app.json.people.ContactJson;
import io.cairn.control.server.answer.ControlAnswer;
import java.util.List;

/** Requests about contacts and their groups. */
final class ContactRoutes {
    private final Node node;

    ContactRoutes(Node node) {
        this.node = node;
    }

    List<ControlRoute> all() {
        return List.of(
                get(
                        "/v1/contacts",
                        call -> ControlAnswer.json(node.contacts().all().stream()
                                .map(ContactJson::of)
                                .toList())),
                new ControlRoute("PUT", "/v1/contacts/{name}", ControlRoute.Body.JSON, this::add),
                new ControlRoute(
                        "DELETE",
                        "/v1/contacts/{name}",
                        ControlRoute.Body.NONE,
                        call -> LongAnswer.later(
                                node.contacts().remove(call.parameter("name")),
                                former -> ControlAnswer.json(ContactJson.removed(former)))),
                get(
                        "/v1/contacts/{name}/node",
                        call -> ControlAnswer.json(
                                ContactJson.meant(node.contacts().resolve(call.parameter("name"))))),
                get(
                        "/v1/groups",
                        call -> ControlAnswer.json(node.contacts().groups().stream()
                                .map(ContactJson::of)
                                .toList())),
                new ControlRoute("PUT", "/v1/groups/{name}", ControlRoute.Body.JSON, this::setGroup),
                new ControlRoute(
                        "DELETE",
                        "/v1/groups/{name}",
                        ControlRoute.Body.NONE,
                        call -> LongAnswer.later(
                                node.contacts().removeGroup(call.parameter("name")),
                                former -> ControlAnswer.json(ContactJson.removed(former)))),
                get(
                        "/v1/presence",
                        call -> LongAnswer.owned(node.contacts().presence(), ContactJson::of, ContactJson::all)));
    }

    private ControlAnswer add(Call call) throws CairnException {
        return LongAnswer.later(
                node.contacts().add(call.parameter("name"), call.body(ContactJson::readWanted)),
                added -> ControlAnswer.json(ContactJson.of(added)));
    }

    private ControlAnswer setGroup(Call call) throws CairnException {
        return LongAnswer.later(
                node.contacts().setGroup(call.body(json -> ContactJson.readGroup(call.parameter("name"), json))),
                group -> ControlAnswer.json(ContactJson.of(group)));
    }
}
