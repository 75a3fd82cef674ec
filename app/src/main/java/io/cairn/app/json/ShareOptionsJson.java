package io.cairn.app.json;

import io.cairn.app.Offers;
import io.cairn.transfer.content.OddEntries;
import io.cairn.transfer.content.ShareLayout;
import io.cairn.transfer.content.ShareOptions;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The request to share a path, in JSON. */
public final class ShareOptionsJson {
    private ShareOptionsJson() {}

    /** The path becomes absolute. The share stays for whom it is. */
    public static JsonObject of(Path path, ShareOptions options) {
        return of(path, options, null);
    }

    /**
     * The path becomes absolute.
     *
     * @param offer for whom the share is from now on; null to leave that as it is
     */
    public static JsonObject of(Path path, ShareOptions options, Offers.@Nullable Offer offer) {
        return new JsonObject(
                "share_options", fields -> offer(write(fields.text("path", path.toAbsolutePath()), options), offer));
    }

    /** The options as fields of another object. */
    public static JsonFields write(JsonFields fields, ShareOptions options) {
        return fields.texts("exclude", options.exclude())
                .constant("odd", options.odd())
                .constant("layout", options.layout())
                .bool("times", options.times());
    }

    /** For whom a share is, as fields; none if nothing is said of it. */
    public static JsonFields offer(JsonFields fields, Offers.@Nullable Offer offer) {
        if (offer != null) {
            fields.bool("listed", offer.listed());
            List<String> to = offer.to();
            if (to != null) {
                fields.texts("to", to);
            }
            if (offer.withdrawn()) {
                fields.bool("withdrawn", true);
            }
        }
        return fields;
    }

    /** For whom the share is from now on; null if nothing is said of it. */
    public static Offers.@Nullable Offer readOffer(JsonTree json) {
        return json.has("listed") || json.has("to")
                ? new Offers.Offer(
                        json.boolOr("listed", false),
                        json.has("to") ? json.texts("to") : null,
                        json.boolOr("withdrawn", false))
                : null;
    }

    /** The path to share: absolute, and required. */
    public static Path path(JsonTree json) {
        return json.path("path");
    }

    /** The options; what is missing is as in {@link ShareOptions#DEFAULT}. */
    public static ShareOptions read(JsonTree json) {
        ShareOptions otherwise = ShareOptions.DEFAULT;
        return new ShareOptions(
                json.has("exclude") ? json.texts("exclude") : otherwise.exclude(),
                json.has("odd") ? json.constant("odd", OddEntries.class) : otherwise.odd(),
                json.has("layout") ? json.constant("layout", ShareLayout.class) : otherwise.layout(),
                json.boolOr("times", otherwise.times()));
    }
}
