package io.cairn.control.server.route;

import static io.cairn.control.server.route.ControlRoute.get;

import io.cairn.app.Catalogue;
import io.cairn.app.Node;
import io.cairn.app.json.FetchTargetJson;
import io.cairn.app.json.people.ListingJson;
import io.cairn.control.server.answer.ControlAnswer;
import java.util.List;

/** Requests about what other nodes list. */
final class CatalogueRoutes {
    /** Room for the entries of one browsing, as they usually are. */
    private static final int WAITING_BYTES_MAX = 24 << 20;

    private final Node node;

    CatalogueRoutes(Node node) {
        this.node = node;
    }

    List<ControlRoute> all() {
        return List.of(
                get(
                        "/v1/catalogue",
                        call -> LongAnswer.owned(
                                node.catalogue().browse(new Catalogue.Browse(call.queries("word"))),
                                ListingJson::of,
                                ListingJson::of,
                                WAITING_BYTES_MAX)),
                get(
                        "/v1/catalogue/known",
                        call -> ControlAnswer.json(node.catalogue().known().stream()
                                .map(ListingJson::of)
                                .toList())),
                get(
                        "/v1/catalogue/target",
                        call -> LongAnswer.later(
                                node.catalogue().find(call.queries("word")),
                                target -> ControlAnswer.json(FetchTargetJson.of(target)))),
                get(
                        "/v1/catalogue/matches",
                        call -> LongAnswer.later(
                                node.catalogue().matches(call.queries("word")),
                                matches -> ControlAnswer.json(ListingJson.of(matches)))));
    }
}
