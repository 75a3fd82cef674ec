package io.cairn.app.json;

import io.cairn.dht.Provider;
import io.cairn.dht.SearchReport;
import io.cairn.dht.SearchReport.Asked;
import io.cairn.dht.SearchReport.Outcome;
import io.cairn.dht.id.Key;

/** A search for providers in JSON. */
public final class SearchJson {
    private SearchJson() {}

    public static JsonObject of(Key key, Provider provider) {
        return new JsonObject(
                "provider",
                fields -> fields.text("hash", key)
                        .text("node", provider.id())
                        .texts("endpoints", provider.endpoints())
                        .text("publicKey", provider.publicKey())
                        .number("expiryMillis", provider.expiryMillis())
                        .number("publishedMillis", provider.publishedMillis())
                        .number("heardAt", provider.heardAt()));
    }

    public static Provider readProvider(JsonTree json) {
        return new Provider(
                json.value("publicKey", JsonTree::publicKey),
                json.endpoints("endpoints"),
                json.number("expiryMillis"),
                json.number("publishedMillis"),
                json.integer("heardAt"));
    }

    public static JsonObject of(SearchReport report) {
        return new JsonObject(
                "phase",
                fields -> fields.text("hash", report.key())
                        .text("phase", "lookup")
                        .number("asked", report.asked().size())
                        .number("answered", report.answered())
                        .number("providers", report.providers())
                        .number("millis", report.millis())
                        .objects("nodes", report.asked(), SearchJson::asked));
    }

    public static SearchReport readReport(JsonTree json) {
        return new SearchReport(
                json.value("hash", Key::fromHex),
                json.objects("nodes").stream().map(SearchJson::readAsked).toList(),
                json.integer("providers"),
                json.number("millis"));
    }

    private static void asked(JsonFields object, Asked asked) {
        object.text("node", asked.contact().id())
                .text("endpoint", asked.contact().endpoint())
                .constant("outcome", asked.outcome())
                .number("providers", asked.providers())
                .number("held", asked.held())
                .number("closer", asked.closer())
                .number("askedMillis", asked.askedMillis())
                .number("tookMillis", asked.tookMillis());
    }

    private static Asked readAsked(JsonTree json) {
        return new Asked(
                PeerJson.readContact(json),
                json.constant("outcome", Outcome.class),
                json.integer("providers"),
                json.integer("held"),
                json.integer("closer"),
                json.number("askedMillis"),
                json.number("tookMillis"));
    }
}
