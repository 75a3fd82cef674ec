package io.cairn.control.server.route;

import static io.cairn.control.server.route.ControlRoute.get;
import static io.cairn.control.server.route.ControlRoute.post;
import static io.cairn.control.server.route.ControlRoute.postJson;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import io.cairn.app.FetchOptions;
import io.cairn.app.Node;
import io.cairn.app.json.FetchJson;
import io.cairn.app.json.FetchOptionsJson;
import io.cairn.control.server.answer.ControlAnswer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Requests about what this node fetches. */
final class FetchRoutes {
    private final Node node;
    private final KnownFetches known;

    FetchRoutes(Node node) {
        this.node = node;
        this.known = new KnownFetches(node);
    }

    List<ControlRoute> all() {
        return List.of(
                postJson("/v1/fetches", this::fetch),
                get("/v1/fetches", call -> list(node.fetches())),
                post("/v1/fetches/unfinished", call -> LongAnswer.later(node.takeUpFetches(), this::list)),
                get("/v1/fetches/{id}", call -> ControlAnswer.json(known.json(known.named(call)))),
                get("/v1/fetches/{id}/events", call -> new ControlAnswer.Lines(new FetchLines(known.named(call)))),
                post("/v1/fetches/{id}/pause", call -> changed("paused", known.named(call), Fetch::pause)),
                post("/v1/fetches/{id}/resume", call -> changed("resumed", known.named(call), Fetch::resume)),
                post("/v1/fetches/{id}/stop", this::stop),
                post("/v1/fetches/{id}/cancel", call -> changed("cancelled", known.named(call), Fetch::cancel)));
    }

    private ControlAnswer fetch(Call call) throws CairnException {
        FetchOptions options = call.body(json -> FetchOptionsJson.read(json, text -> Targets.wanted(node, text)));
        return ControlAnswer.json(201, known.json(node.fetch(options)));
    }

    private ControlAnswer.Whole list(List<Fetch> fetches) {
        return ControlAnswer.json(fetches.stream().map(known::json).toList());
    }

    /** The change happens whether or not the client waits for it. */
    private static ControlAnswer changed(
            String type, Fetch fetch, Function<Fetch, CompletableFuture<Fetch.Status>> change) {
        return LongAnswer.later(
                change.apply(fetch).copy(), status -> ControlAnswer.json(FetchJson.changed(type, fetch, status)));
    }

    private ControlAnswer stop(Call call) throws CairnException, NotFoundException {
        Fetch fetch = known.named(call);
        fetch.stop();
        return ControlAnswer.json(202, known.json(fetch));
    }
}
