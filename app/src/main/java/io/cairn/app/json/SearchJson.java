package io.cairn.app.json;

import io.cairn.dht.Provider;
import io.cairn.dht.SearchReport;
import io.cairn.dht.id.Key;

/** A search for providers in JSON. */
public final class SearchJson {
    private SearchJson() {}

    public static JsonObject of(Key key, Provider provider) {
        return new JsonObject(
                "provider",
                fields ->
                        fields.text("hash", key).text("node", provider.id()).texts("endpoints", provider.endpoints()));
    }

    public static JsonObject of(SearchReport report) {
        return new JsonObject(
                "phase",
                fields -> fields.text("hash", report.key())
                        .text("phase", "lookup")
                        .number("asked", report.asked().size())
                        .number("answered", report.answered())
                        .number("providers", report.providers())
                        .number("millis", report.millis()));
    }
}
