package io.cairn.app.json;

import io.cairn.app.CairnException;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchOptions.Output;
import io.cairn.app.FetchTarget;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.OnExisting;

/** The request of a fetch in JSON. */
public final class FetchOptionsJson {
    private FetchOptionsJson() {}

    /** The path becomes absolute. */
    public static JsonObject of(FetchOptions options) {
        return new JsonObject("fetch_options", fields -> write(fields, options));
    }

    /**
     * Reads a request. Only {@code target} and {@code path} are required; what is missing is the default of {@link FetchOptions.Builder}.
     *
     * @throws CairnException if the target resolves to nothing
     * @throws IllegalArgumentException if a field is missing or of another type
     */
    public static FetchOptions read(JsonTree json, FetchTargetJson.Resolver resolver) throws CairnException {
        return read(json, FetchTargetJson.request(json, resolver));
    }

    /** Reads what {@link #of} wrote, which needs nobody to resolve the target. */
    static FetchOptions readWritten(JsonTree json) {
        return read(json, FetchTargetJson.written(json));
    }

    private static FetchOptions read(JsonTree json, FetchTarget target) {
        Output output = new Output(json.path("path"), json.boolOr("into", false));
        FetchOptions.Builder options = FetchOptions.builder(target, output)
                .keepSharing(json.boolOr("keepSharing", false))
                .sequential(json.boolOr("sequential", false))
                .retried(json.boolOr("retried", false));
        if (json.has("only")) {
            options.only(json.texts("only"));
        }
        if (json.has("updating")) {
            options.updating(new FetchOptions.Update(
                    json.value("updating", Key::fromHex), json.has("keptIn") ? json.path("keptIn") : null));
        }
        if (json.has("onExisting")) {
            options.onExisting(json.constant("onExisting", OnExisting.class));
        }
        FetchOptions.Timeouts usual = FetchOptions.Timeouts.DEFAULT;
        return options.timeouts(new FetchOptions.Timeouts(
                        json.integerOr("lookupSeconds", usual.lookupSeconds()),
                        json.integerOr("stallSeconds", usual.stallSeconds())))
                .build();
    }

    static void write(JsonFields fields, FetchOptions options) {
        FetchTargetJson.request(fields, options.target())
                .text("path", options.output().path().toAbsolutePath())
                .bool("into", options.output().isFolder())
                .bool("keepSharing", options.keepSharing())
                .texts("only", options.only())
                .bool("sequential", options.sequential())
                .constant("onExisting", options.onExisting())
                .bool("retried", options.retried())
                .number("lookupSeconds", options.timeouts().lookupSeconds())
                .number("stallSeconds", options.timeouts().stallSeconds());
        FetchOptions.Update update = options.update();
        if (update != null) {
            fields.text("updating", update.earlier());
            if (update.keptIn() != null) {
                fields.text("keptIn", update.keptIn().toAbsolutePath());
            }
        }
    }
}
