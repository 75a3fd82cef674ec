package io.cairn.app.json.people;

import io.cairn.app.Catalogue.Browsed;
import io.cairn.app.Catalogue.Heard;
import io.cairn.app.Catalogue.Listing;
import io.cairn.app.Catalogue.Match;
import io.cairn.app.Catalogue.Matches;
import io.cairn.app.json.FetchTargetJson;
import io.cairn.app.json.JsonFields;
import io.cairn.app.json.JsonObject;
import io.cairn.app.json.JsonTree;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.time.DateTimeException;
import java.time.Instant;

/** What other nodes list, in JSON. */
public final class ListingJson {
    private static final String HEARD = "listings";

    private ListingJson() {}

    /** An entry of a node's catalogue. */
    public static JsonObject of(Listing listing) {
        return new JsonObject("listing", fields -> entry(fields, listing));
    }

    /** Entries of one node, as they arrive. */
    public static JsonObject of(Heard heard) {
        return new JsonObject(HEARD, fields -> fields.objects("entries", heard.entries(), ListingJson::entry));
    }

    /** How browsing ended. */
    public static JsonObject of(Browsed browsed) {
        return new JsonObject(
                "browsed",
                fields -> fields.number("asked", browsed.asked())
                        .number("answered", browsed.answered())
                        .number("cutOff", browsed.cutOff())
                        .number("entries", browsed.entries())
                        .number("millis", browsed.millis()));
    }

    public static Listing read(JsonTree json) {
        return new Listing(
                json.value("from", NodeId::fromHex),
                json.textOr("who", null),
                json.value("hash", Key::fromHex),
                json.text("name"),
                json.number("size"),
                json.text("kind").equals("folder"),
                json.integer("files"),
                json.value("since", ListingJson::millis),
                json.bool("restricted"));
    }

    /** Whether a line is one that {@link #of(Heard)} wrote. */
    public static boolean isHeard(JsonTree json) {
        return json.type().equals(HEARD);
    }

    public static Heard readHeard(JsonTree json) {
        return new Heard(json.objects("entries").stream().map(ListingJson::read).toList());
    }

    public static Browsed readBrowsed(JsonTree json) {
        return new Browsed(
                json.integer("asked"),
                json.integer("answered"),
                json.integer("cutOff"),
                json.integer("entries"),
                json.number("millis"));
    }

    /** Shares that words may mean. */
    public static JsonObject of(Matches matches) {
        return new JsonObject(
                "matches",
                fields -> fields.objects(
                                "first",
                                matches.first(),
                                (one, match) -> FetchTargetJson.write(one, match.target())
                                        .text("who", match.who())
                                        .number("nodes", match.nodes()))
                        .number("count", matches.count()));
    }

    public static Matches readMatches(JsonTree json) {
        return new Matches(
                json.objects("first").stream()
                        .map(match -> new Match(FetchTargetJson.read(match), match.text("who"), match.integer("nodes")))
                        .toList(),
                json.integer("count"));
    }

    private static void entry(JsonFields fields, Listing listing) {
        fields.text("hash", listing.hash())
                .text("name", listing.name())
                .number("size", listing.size())
                .text("kind", listing.folder() ? "folder" : "file")
                .number("files", listing.files())
                .text("from", listing.from())
                .text("who", listing.who())
                .text("since", Instant.ofEpochMilli(listing.sinceMillis()))
                .bool("restricted", listing.restricted());
    }

    private static long millis(String time) {
        try {
            return Instant.parse(time).toEpochMilli();
        } catch (DateTimeException | ArithmeticException invalid) {
            throw new IllegalArgumentException("the field since is not a time", invalid);
        }
    }
}
