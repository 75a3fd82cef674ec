package io.cairn.control.server.route;

import static io.cairn.control.server.route.ControlRoute.get;

import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.app.Node.Excerpt;
import io.cairn.app.json.RepairJson;
import io.cairn.app.json.SearchJson;
import io.cairn.control.http.ControlApi;
import io.cairn.control.server.answer.ControlAnswer;
import io.cairn.control.server.answer.FailureAnswer;
import io.cairn.dht.id.Key;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests about content: who has it, its manifest, its bytes, and its repair. */
final class ContentRoutes {
    private final Node node;

    ContentRoutes(Node node) {
        this.node = node;
    }

    List<ControlRoute> all() {
        return List.of(
                get("/v1/providers/{target}", this::find),
                get("/v1/files/{target}", this::read),
                get(
                        "/v1/manifests/{target}",
                        call -> LongAnswer.later(
                                node.manifest(Targets.named(node, call)),
                                manifest -> ControlAnswer.bytes(
                                        200, ControlApi.MANIFEST, ByteBuffer.wrap(manifest.toBytes())))),
                new ControlRoute("POST", "/v1/repairs", ControlRoute.Body.LARGE_JSON, this::repair));
    }

    private ControlAnswer find(Call call) throws CairnException, NotFoundException {
        Key hash = Targets.named(node, call).hash();
        return LongAnswer.owned(node.find(hash), provider -> SearchJson.of(hash, provider), SearchJson::of);
    }

    private ControlAnswer read(Call call) throws CairnException, NotFoundException {
        Key hash = Targets.named(node, call).hash();
        @Nullable String path = call.query("path");
        long offset = call.number("offset", 0);
        long length = call.number("length", Excerpt.BYTES_MAX);
        if (offset < 0 || length < 0) {
            throw FailureAnswer.usage("cannot read there", "offset and length are at least 0");
        }
        return LongAnswer.later(
                node.read(hash, path == null ? "" : path, offset, (int) Math.min(length, Excerpt.BYTES_MAX)),
                ContentRoutes::excerpt);
    }

    private static ControlAnswer.Whole excerpt(Excerpt excerpt) {
        return new ControlAnswer.Whole(
                200,
                Map.of(
                        "content-type",
                        ControlApi.BYTES,
                        ControlApi.OFFSET_HEADER,
                        String.valueOf(excerpt.offset()),
                        ControlApi.FILE_BYTES_HEADER,
                        String.valueOf(excerpt.fileBytes())),
                excerpt.bytes());
    }

    private ControlAnswer repair(Call call) throws CairnException {
        RepairJson.Repair repair = call.body(json -> RepairJson.read(json, text -> Targets.resolve(node, text)));
        return new ControlAnswer.Lines(sink -> new RepairLines(node, repair).begin(sink));
    }
}
