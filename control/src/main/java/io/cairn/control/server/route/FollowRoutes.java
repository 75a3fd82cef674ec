package io.cairn.control.server.route;

import static io.cairn.control.server.route.ControlRoute.get;
import static io.cairn.control.server.route.ControlRoute.postJson;

import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.app.json.ShareJson;
import io.cairn.app.json.directory.FollowJson;
import io.cairn.control.server.answer.ControlAnswer;
import java.util.List;

/** Requests about folders under names. */
final class FollowRoutes {
    private final Node node;

    FollowRoutes(Node node) {
        this.node = node;
    }

    List<ControlRoute> all() {
        return List.of(
                postJson("/v1/watched", this::watch),
                get(
                        "/v1/watched",
                        call -> ControlAnswer.json(node.follows().watched().stream()
                                .map(FollowJson::of)
                                .toList())),
                postJson("/v1/follows", this::follow));
    }

    private ControlAnswer watch(Call call) throws CairnException {
        return LongAnswer.owned(node.follows().watch(call.body(FollowJson::readWatch)), ShareJson::of, FollowJson::of);
    }

    private ControlAnswer follow(Call call) throws CairnException {
        return LongAnswer.owned(
                node.follows().follow(call.body(FollowJson::readFollow)), FollowJson::of, FollowJson::of);
    }
}
