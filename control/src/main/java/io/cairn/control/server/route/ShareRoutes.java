package io.cairn.control.server.route;

import static io.cairn.control.server.route.ControlRoute.get;
import static io.cairn.control.server.route.ControlRoute.postJson;

import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.app.Offers;
import io.cairn.app.json.AnswerJson;
import io.cairn.app.json.RequestJson;
import io.cairn.app.json.ShareJson;
import io.cairn.app.json.ShareOptionsJson;
import io.cairn.app.json.people.OfferJson;
import io.cairn.control.server.answer.ControlAnswer;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ShareOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Requests about what this node shares. */
final class ShareRoutes {
    private final Node node;

    ShareRoutes(Node node) {
        this.node = node;
    }

    List<ControlRoute> all() {
        return List.of(
                postJson("/v1/shares", this::share),
                get(
                        "/v1/shares",
                        call -> ControlAnswer.json(
                                node.shares().stream().map(ShareJson::of).toList())),
                new ControlRoute("DELETE", "/v1/shares/{target}", ControlRoute.Body.NONE, this::unshare),
                get(
                        "/v1/shares/{target}/link",
                        call -> ControlAnswer.json(AnswerJson.link(
                                node.link(Targets.named(node, call).hash())))),
                get(
                        "/v1/shares/{target}/audience",
                        call -> ControlAnswer.json(OfferJson.of(
                                node.offers().of(Targets.named(node, call).hash())))),
                new ControlRoute("PUT", "/v1/shares/{target}/audience", ControlRoute.Body.JSON, this::change),
                postJson("/v1/torrents", this::torrent));
    }

    private ControlAnswer share(Call call) throws CairnException {
        Path path = call.body(ShareOptionsJson::path);
        ShareOptions options = call.body(ShareOptionsJson::read);
        Optional<Offers.Offer> offer = call.body(json -> Optional.ofNullable(ShareOptionsJson.readOffer(json)));
        return LongAnswer.owned(node.share(path, options, offer.orElse(null)), ShareJson::of, ShareJson::of);
    }

    private ControlAnswer change(Call call) throws CairnException, NotFoundException {
        Key hash = Targets.named(node, call).hash();
        return LongAnswer.later(
                node.offers().change(hash, call.body(OfferJson::read)),
                offered -> ControlAnswer.json(OfferJson.of(offered)));
    }

    private ControlAnswer unshare(Call call) throws CairnException, NotFoundException {
        return LongAnswer.later(
                node.unshare(Targets.named(node, call).hash()), share -> ControlAnswer.json(ShareJson.unshared(share)));
    }

    private ControlAnswer torrent(Call call) throws CairnException {
        Key hash = call.body(json ->
                Targets.resolve(node, RequestJson.readTorrentTarget(json)).hash());
        Path file = call.body(RequestJson::readTorrentFile);
        return ControlAnswer.json(201, AnswerJson.torrent(node.exportTorrent(hash, file)));
    }
}
