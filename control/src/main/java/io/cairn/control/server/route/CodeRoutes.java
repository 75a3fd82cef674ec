package io.cairn.control.server.route;

import static io.cairn.control.server.route.ControlRoute.get;
import static io.cairn.control.server.route.ControlRoute.postJson;

import io.cairn.app.CairnException;
import io.cairn.app.Codes.Settlement;
import io.cairn.app.Node;
import io.cairn.app.json.people.CodeJson;
import io.cairn.control.server.answer.ControlAnswer;
import java.util.List;

/** Requests about codes that one can say, and about what contacts sent. */
final class CodeRoutes {
    private final Node node;

    CodeRoutes(Node node) {
        this.node = node;
    }

    List<ControlRoute> all() {
        return List.of(
                postJson("/v1/codes", this::send),
                get(
                        "/v1/codes",
                        call -> ControlAnswer.json(CodeJson.of(node.codes().statistics()))),
                postJson("/v1/meetings", this::meet),
                postJson("/v1/settlements", this::settle),
                get(
                        "/v1/gifts",
                        call -> ControlAnswer.json(
                                node.codes().gifts().stream().map(CodeJson::of).toList())));
    }

    private ControlAnswer send(Call call) throws CairnException {
        return LongAnswer.owned(node.codes().send(call.body(CodeJson::readSend)), CodeJson::of, CodeJson::of);
    }

    private ControlAnswer meet(Call call) throws CairnException {
        return LongAnswer.later(
                node.codes().meet(call.body(CodeJson::readCode)), met -> ControlAnswer.json(CodeJson.of(met)));
    }

    private ControlAnswer settle(Call call) throws CairnException {
        String ticket = call.body(CodeJson::readTicket);
        Settlement settlement = call.body(CodeJson::readSettlement);
        return LongAnswer.later(
                node.codes().settle(ticket, settlement),
                done -> ControlAnswer.json(CodeJson.settled(ticket, settlement)));
    }
}
