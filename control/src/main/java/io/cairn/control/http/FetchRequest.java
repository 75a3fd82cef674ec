package io.cairn.control.http;

import io.cairn.app.CairnException;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchTarget;
import io.cairn.app.json.JsonFields;
import io.cairn.app.json.JsonObject;
import io.cairn.app.json.JsonTree;
import io.cairn.transfer.content.OnExisting;
import io.cairn.transfer.content.link.MagnetLink;
import java.util.List;

/** What to fetch, and to where. A target is a link, or whatever else the node resolves. */
public final class FetchRequest {
    private FetchRequest() {}

    public static JsonObject of(FetchOptions options) {
        return new JsonObject("fetch", fields -> write(fields, options));
    }

    /** The same fields, in an object of their own or of a fetch. */
    public static void write(JsonFields fields, FetchOptions options) {
        fields.text("target", link(options.target()))
                .text("path", Absolute.text(options.output().path()))
                .bool("into", options.output().isFolder())
                .bool("keepSharing", options.keepSharing())
                .texts("only", options.only())
                .bool("sequential", options.sequential())
                .text("onExisting", NamedConstant.text(options.onExisting()))
                .bool("retried", options.retried());
    }

    /**
     * @throws IllegalArgumentException if a field is missing or wrong
     * @throws CairnException if the target is unknown
     */
    public static FetchOptions read(JsonTree json, Resolver resolver) throws CairnException {
        FetchOptions.Output output =
                new FetchOptions.Output(json.value("path", Absolute::path), json.boolOr("into", false));
        return FetchOptions.builder(resolver.resolve(json.text("target")), output)
                .keepSharing(json.boolOr("keepSharing", false))
                .only(json.has("only") ? json.texts("only") : List.of())
                .sequential(json.boolOr("sequential", false))
                .onExisting(
                        json.has("onExisting")
                                ? json.value("onExisting", text -> NamedConstant.read(OnExisting.class, text))
                                : OnExisting.REFUSE)
                .retried(json.boolOr("retried", false))
                .build();
    }

    /** A target as text from which {@code Node.resolve} makes an equal one on any node. */
    public static String link(FetchTarget target) {
        return new MagnetLink(target.hash(), target.name(), target.size(), target.peers()).toString();
    }

    /** Turns what a request names into a target: {@code Node.resolve}. */
    @FunctionalInterface
    public interface Resolver {
        FetchTarget resolve(String target) throws CairnException;
    }
}
