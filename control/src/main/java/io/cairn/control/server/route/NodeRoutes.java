package io.cairn.control.server.route;

import static io.cairn.control.server.route.Route.get;
import static io.cairn.control.server.route.Route.postJson;

import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.app.SpeedLimits;
import io.cairn.app.json.AnswerJson;
import io.cairn.app.json.CheckJson;
import io.cairn.app.json.FetchTargetJson;
import io.cairn.app.json.NodeJson;
import io.cairn.app.json.NoticeJson;
import io.cairn.app.json.PeerJson;
import io.cairn.app.json.RequestJson;
import io.cairn.app.json.WhyJson;
import io.cairn.app.metrics.Metrics;
import io.cairn.control.http.ControlApi;
import io.cairn.control.server.answer.ControlAnswer;
import java.nio.ByteBuffer;
import java.util.List;

/** Requests about the node itself. */
final class NodeRoutes {
    private final Node node;

    NodeRoutes(Node node) {
        this.node = node;
    }

    List<Route> all() {
        return List.of(
                get("/v1/node", call -> ControlAnswer.json(NodeJson.of(node.info()))),
                get(
                        "/v1/node/joined",
                        call -> LongAnswer.later(
                                node.joined(), contacts -> ControlAnswer.json(AnswerJson.joined(contacts)))),
                get("/v1/targets/{target}", call -> ControlAnswer.json(FetchTargetJson.of(Targets.named(node, call)))),
                get("/v1/limits", call -> ControlAnswer.json(NodeJson.of(node.limits()))),
                new Route("PUT", "/v1/limits", Route.Body.JSON, this::limit),
                get(
                        "/v1/peers",
                        call -> ControlAnswer.json(
                                node.peers().stream().map(PeerJson::of).toList())),
                postJson(
                        "/v1/peers",
                        call -> LongAnswer.later(
                                node.connect(call.body(RequestJson::readConnect)),
                                contact -> ControlAnswer.json(PeerJson.of(contact, "connected")))),
                get("/v1/statistics", call -> ControlAnswer.json(NodeJson.of(node.statistics()))),
                get(
                        "/v1/why/{target}",
                        call -> LongAnswer.later(
                                node.why(Targets.named(node, call).hash()),
                                why -> ControlAnswer.json(WhyJson.of(why)))),
                get("/v1/doctor", call -> LongAnswer.owned(node.doctor(), CheckJson::of, CheckJson::all)),
                get(
                        ControlApi.METRICS,
                        call -> ControlAnswer.bytes(200, Metrics.CONTENT_TYPE, ByteBuffer.wrap(Metrics.scrape(node)))),
                get(
                        "/v1/notices",
                        call -> new ControlAnswer.Lines(
                                sink -> node.onNotice(notice -> sink.line(NoticeJson.of(notice))))));
    }

    private ControlAnswer limit(Call call) throws CairnException {
        SpeedLimits limits = call.body(NodeJson::readLimits);
        return LongAnswer.later(node.limit(limits), stored -> ControlAnswer.json(NodeJson.of(stored)));
    }
}
