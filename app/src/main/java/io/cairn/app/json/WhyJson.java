package io.cairn.app.json;

import io.cairn.app.Why;
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

    private static void asked(JsonFields object, Why.Asked asked) {
        object.text("node", asked.node())
                .text("endpoint", asked.endpoint())
                .text("said", asked.said().text())
                .number("records", asked.records())
                .number("closer", asked.closer())
                .number("millis", asked.tookMillis());
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
