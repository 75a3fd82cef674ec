package io.cairn.app.json;

import io.cairn.app.Advice;
import io.cairn.app.FetchState;
import io.cairn.app.Reason;
import io.cairn.app.Why;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.Locale;

/** Why a fetch stands where it stands, in JSON. */
public final class WhyJson {
    private WhyJson() {}

    public static JsonObject of(Why why) {
        return new JsonObject(
                "why",
                fields -> fields.text("hash", why.hash())
                        .text("name", why.name())
                        .text("state", why.state() == null ? null : why.state().text())
                        .text("cause", why.cause())
                        .text("reason", why.next().reason().name().toLowerCase(Locale.ROOT))
                        .object("facts", facts -> why.next().facts().forEach(facts::scalar))
                        .text("next", why.next().text())
                        .number("atMillis", why.atMillis())
                        .objects("asked", why.asked(), WhyJson::asked)
                        .objects("providers", why.providers(), WhyJson::provider)
                        .objects("dials", why.dials(), WhyJson::dial)
                        .object("missing", missing -> missing(missing, why.missing()))
                        .objects("peers", why.peers(), WhyJson::peer));
    }

    /** @throws IllegalArgumentException if the object is not such an answer */
    public static Why read(JsonTree json) {
        return new Why(
                json.value("hash", Key::fromHex),
                json.text("name"),
                json.has("state") ? json.value("state", text -> constant(FetchState.class, text)) : null,
                json.text("cause"),
                new Advice(
                        json.value("reason", text -> constant(Reason.class, text)),
                        json.text("next"),
                        json.child("facts").scalars()),
                json.objects("asked").stream().map(WhyJson::asked).toList(),
                json.objects("providers").stream().map(WhyJson::provider).toList(),
                json.objects("dials").stream().map(WhyJson::dial).toList(),
                missing(json.child("missing")),
                json.objects("peers").stream().map(WhyJson::peer).toList(),
                json.number("atMillis"));
    }

    private static Why.Asked asked(JsonTree json) {
        return new Why.Asked(
                json.value("node", NodeId::fromHex),
                json.value("endpoint", WhyJson::endpoint),
                json.value("said", text -> constant(Why.Said.class, text)),
                json.integer("records"),
                json.integer("closer"),
                json.number("millis"),
                json.has("detail") ? json.text("detail") : "");
    }

    private static Why.ProviderFound provider(JsonTree json) {
        return new Why.ProviderFound(
                json.value("node", NodeId::fromHex),
                json.texts("endpoints").stream().map(WhyJson::endpoint).toList(),
                json.number("publishedMillis"),
                json.number("expiryMillis"));
    }

    private static Why.Dialled dial(JsonTree json) {
        return new Why.Dialled(
                json.value("address", WhyJson::endpoint),
                json.has("node") ? json.value("node", NodeId::fromHex) : null,
                json.value("origin", text -> constant(Why.Origin.class, text)),
                json.value("end", text -> constant(Why.DialEnd.class, text)),
                json.text("detail"),
                json.number("startedMillis"),
                json.number("millis"));
    }

    private static Why.Missing missing(JsonTree json) {
        return new Why.Missing(
                json.integer("chunks"),
                json.integer("chunkCount"),
                json.integers("withNobody"),
                json.integer("withNobodyCount"));
    }

    private static Why.PeerSeen peer(JsonTree json) {
        return new Why.PeerSeen(
                json.has("node") ? json.value("node", NodeId::fromHex) : null,
                json.value("endpoint", WhyJson::endpoint),
                json.bool("connected"),
                json.bool("banned"),
                json.integer("chunks"),
                json.integer("delivered"),
                json.number("bytes"),
                json.integer("bad"),
                json.text("trouble"));
    }

    private static <T extends Enum<T>> T constant(Class<T> type, String text) {
        return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
    }

    /** The interface of an address that was seen earlier may be gone: then only the address is left. */
    private static Endpoint endpoint(String text) {
        try {
            return Endpoint.parse(text);
        } catch (IllegalArgumentException interfaceGone) {
            return Endpoint.parse(text.replaceFirst("%[^\\]]*", ""));
        }
    }

    private static void asked(JsonFields object, Why.Asked asked) {
        object.text("node", asked.node())
                .text("endpoint", asked.endpoint())
                .text("said", asked.said().text())
                .number("records", asked.records())
                .number("closer", asked.closer())
                .number("millis", asked.tookMillis())
                .text("detail", asked.detail());
    }

    private static void provider(JsonFields object, Why.ProviderFound provider) {
        object.text("node", provider.node())
                .texts("endpoints", provider.endpoints())
                .number("publishedMillis", provider.publishedMillis())
                .number("expiryMillis", provider.expiryMillis());
    }

    private static void dial(JsonFields object, Why.Dialled dial) {
        object.text("address", dial.address())
                .text("node", dial.node())
                .text("origin", dial.origin().text())
                .text("end", dial.end().text())
                .text("detail", dial.detail())
                .number("startedMillis", dial.startedMillis())
                .number("millis", dial.tookMillis());
    }

    private static void missing(JsonFields object, Why.Missing missing) {
        object.number("chunks", missing.chunks())
                .number("chunkCount", missing.chunkCount())
                .number("withNobodyCount", missing.withNobodyCount())
                .numbers("withNobody", missing.withNobody());
    }

    private static void peer(JsonFields object, Why.PeerSeen peer) {
        object.text("node", peer.node())
                .text("endpoint", peer.endpoint())
                .bool("connected", peer.isConnected())
                .bool("banned", peer.isBanned())
                .number("chunks", peer.chunks())
                .number("delivered", peer.delivered())
                .number("bytes", peer.bytes())
                .number("bad", peer.bad())
                .text("trouble", peer.trouble());
    }
}
