package io.cairn.app.json.people;

import io.cairn.app.Offers.Offer;
import io.cairn.app.Offers.Offered;
import io.cairn.app.json.JsonObject;
import io.cairn.app.json.JsonTree;
import io.cairn.app.json.ShareOptionsJson;
import io.cairn.dht.id.Key;

/** For whom a share is, in JSON. */
public final class OfferJson {
    private OfferJson() {}

    /** For whom a share is; without {@code to} for anyone who knows its hash. */
    public static JsonObject of(Offer offer) {
        return new JsonObject("offer", fields -> ShareOptionsJson.offer(fields, offer));
    }

    public static Offer read(JsonTree json) {
        Offer said = ShareOptionsJson.readOffer(json);
        return said == null ? Offer.OPEN : said;
    }

    /** A share and for whom it is now. */
    public static JsonObject of(Offered offered) {
        return new JsonObject(
                "offered",
                fields -> ShareOptionsJson.offer(
                        fields.text("hash", offered.hash())
                                .text("name", offered.name())
                                .text("link", offered.link()),
                        offered.offer()));
    }

    public static Offered readOffered(JsonTree json) {
        return new Offered(json.value("hash", Key::fromHex), json.text("name"), read(json), json.text("link"));
    }
}
