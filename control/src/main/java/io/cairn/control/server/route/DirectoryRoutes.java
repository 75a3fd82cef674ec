package io.cairn.control.server.route;

import static io.cairn.control.server.route.ControlRoute.get;
import static io.cairn.control.server.route.ControlRoute.postJson;

import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.app.Operation;
import io.cairn.app.Services;
import io.cairn.app.Services.ServiceQuery;
import io.cairn.app.Values;
import io.cairn.app.json.directory.ServiceJson;
import io.cairn.app.json.directory.ValueJson;
import io.cairn.app.values.Pointers;
import io.cairn.control.server.answer.ControlAnswer;
import io.cairn.control.server.answer.FailureAnswer;
import io.cairn.dht.service.DiscoveryReport;
import java.util.List;

/** Requests about values and services. */
final class DirectoryRoutes {
    private final Node node;

    DirectoryRoutes(Node node) {
        this.node = node;
    }

    List<ControlRoute> all() {
        return List.of(
                get("/v1/values/{name}", this::read),
                new ControlRoute("PUT", "/v1/values/{name}", ControlRoute.Body.JSON, this::write),
                postJson("/v1/services", this::announce),
                get(
                        "/v1/services",
                        call -> ControlAnswer.json(node.services().announced().stream()
                                .map(ServiceJson::of)
                                .toList())),
                new ControlRoute(
                        "DELETE",
                        "/v1/services/{id}",
                        ControlRoute.Body.NONE,
                        call -> LongAnswer.later(
                                node.services().withdraw(call.parameter("id")),
                                former -> ControlAnswer.json(ServiceJson.withdrawn(former)))),
                get("/v1/discovery", this::discover));
    }

    private ControlAnswer read(Call call) throws CairnException {
        Values.Name name = Pointers.name(node, call.parameter("name"));
        return LongAnswer.later(node.values().get(name), value -> ControlAnswer.json(ValueJson.of(value)));
    }

    private ControlAnswer write(Call call) throws CairnException {
        Values.Put put = call.body(json -> ValueJson.readPut(call.parameter("name"), json));
        return LongAnswer.later(node.values().put(put), written -> ControlAnswer.json(ValueJson.of(written)));
    }

    private ControlAnswer announce(Call call) throws CairnException {
        Services.Announcement announcement = call.body(ServiceJson::readAnnouncement);
        return LongAnswer.later(
                node.services().announce(announcement),
                announced -> ControlAnswer.json(201, ServiceJson.of(announced)));
    }

    private ControlAnswer discover(Call call) throws CairnException {
        ServiceQuery query;
        try {
            query = new ServiceQuery(
                    call.queries("capability"), Math.toIntExact(call.number("max", Integer.MAX_VALUE)));
        } catch (IllegalArgumentException | ArithmeticException invalid) {
            throw FailureAnswer.usage("cannot look for such services", String.valueOf(invalid.getMessage()));
        }
        Operation<Services.Event, DiscoveryReport> search = "true".equals(call.query("watch"))
                ? node.services().watch(query)
                : node.services().discover(query);
        return LongAnswer.owned(search, ServiceJson::of, ServiceJson::of);
    }
}
