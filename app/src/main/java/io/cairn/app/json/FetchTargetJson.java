package io.cairn.app.json;

import io.cairn.app.CairnException;
import io.cairn.app.FetchTarget;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ShareSecret;

/** What a fetch is for, in JSON: as an object of its own, or as fields of a request. */
public final class FetchTargetJson {
    private FetchTargetJson() {}

    /** What a text resolves to. */
    public static JsonObject of(FetchTarget target) {
        return new JsonObject("target", fields -> write(fields, target));
    }

    public static FetchTarget read(JsonTree json) {
        return read(json, "hash");
    }

    /** Resolves what a request names, as {@link io.cairn.app.Node#resolve} does. */
    @FunctionalInterface
    public interface Resolver {
        FetchTarget resolve(String hashOrLink) throws CairnException;
    }

    /** The target as fields of another object, which {@link #read} reads. */
    public static JsonFields write(JsonFields fields, FetchTarget target) {
        return details(fields.text("hash", target.hash()), target);
    }

    /** The target as fields of a request. */
    static JsonFields request(JsonFields fields, FetchTarget target) {
        return details(fields.text("target", target.hash()), target);
    }

    /** The target as this class wrote it into a request: its hash needs nobody to resolve it. */
    static FetchTarget written(JsonTree json) {
        return read(json, "target");
    }

    /** The field {@code target} resolved; {@code name}, {@code size} and {@code peers}, if given, replace what is known of it. */
    static FetchTarget request(JsonTree json, Resolver resolver) throws CairnException {
        FetchTarget known = resolver.resolve(json.text("target"));
        return new FetchTarget(
                known.hash(),
                json.has("name") ? json.text("name") : known.name(),
                json.numberOr("size", known.size()),
                json.has("peers") ? json.endpoints("peers") : known.peers(),
                json.has("secret") ? secret(json) : known.secret());
    }

    private static FetchTarget read(JsonTree json, String hash) {
        return new FetchTarget(
                json.value(hash, Key::fromHex),
                json.text("name"),
                json.number("size"),
                json.endpoints("peers"),
                json.has("secret") ? secret(json) : null);
    }

    private static ShareSecret secret(JsonTree json) {
        return json.value("secret", ShareSecret::fromText);
    }

    private static JsonFields details(JsonFields fields, FetchTarget target) {
        fields.text("name", target.name()).number("size", target.size()).texts("peers", target.peers());
        ShareSecret secret = target.secret();
        if (secret != null) {
            fields.text("secret", secret.toText());
        }
        return fields;
    }
}
