package io.cairn.app.json;

import io.cairn.app.Node.HashProgress;
import io.cairn.app.Node.Share;
import io.cairn.app.Node.ShareReport;
import io.cairn.app.Offers;
import io.cairn.dht.PublishReport;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ScanNotes;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Shares in JSON. */
public final class ShareJson {
    private ShareJson() {}

    /** A share, as listed. */
    public static JsonObject of(Share share) {
        return new JsonObject("share", fields -> write(fields, share));
    }

    /** A share, as listed, or as the part of another object that is about it. */
    public static Share read(JsonTree json) {
        return new Share(
                json.value("hash", Key::fromHex),
                json.text("name"),
                json.value("path", Path::of),
                json.number("size"),
                json.integer("chunks"),
                json.bool("available"),
                json.number("uploadedBytes"),
                json.textOr("trouble", null),
                Objects.requireNonNullElse(ShareOptionsJson.readOffer(json), Offers.Offer.OPEN));
    }

    /** The progress of hashing. */
    public static JsonObject of(HashProgress progress) {
        return new JsonObject(
                "hashing",
                fields -> fields.number("hashedBytes", progress.hashedBytes())
                        .number("totalBytes", progress.totalBytes()));
    }

    public static HashProgress readProgress(JsonTree json) {
        return new HashProgress(json.number("hashedBytes"), json.number("totalBytes"));
    }

    /** The result of sharing. */
    public static JsonObject of(ShareReport report) {
        Share share = report.share();
        PublishReport publication = report.publication();
        ScanNotes notes = report.notes();
        return new JsonObject(
                "shared",
                fields -> ShareOptionsJson.offer(
                        fields.text("hash", share.hash())
                                .text("link", report.link())
                                .text("name", share.name())
                                .text("path", share.path())
                                .number("size", share.size())
                                .number("chunks", share.chunks())
                                .number("storedOn", publication.rootStoredOn())
                                .number("storeTargets", publication.rootTargets())
                                .number("keys", publication.keys())
                                .number("keysStored", publication.keysStored())
                                .number("hashMillis", report.hashMillis())
                                .number("publishMillis", publication.millis())
                                .number("publishNodes", publication.nodes())
                                .number("publishLookups", publication.lookups())
                                .number("publishDatagrams", publication.datagrams())
                                .objects("leftOut", notes.leftOut().first(), ShareJson::entry)
                                .number("leftOutCount", notes.leftOut().count())
                                .objects("unportable", notes.unportable().first(), ShareJson::entry)
                                .number("unportableCount", notes.unportable().count())
                                .number("excluded", notes.excluded())
                                .number("publishedAtMillis", publication.publishedAtMillis())
                                .bool("available", share.available())
                                .number("uploadedBytes", share.uploadedBytes())
                                .text("trouble", share.trouble()),
                        share.offer()));
    }

    public static ShareReport readReport(JsonTree json) {
        return new ShareReport(
                read(json),
                json.text("link"),
                new PublishReport(
                        json.integer("storedOn"),
                        json.integer("storeTargets"),
                        json.integer("keys"),
                        json.integer("keysStored"),
                        json.integer("publishNodes"),
                        json.integer("publishLookups"),
                        json.integer("publishDatagrams"),
                        json.number("publishMillis"),
                        json.number("publishedAtMillis")),
                json.number("hashMillis"),
                new ScanNotes(readNoted(json, "leftOut"), readNoted(json, "unportable"), json.integer("excluded")));
    }

    /** A share that has ended. */
    public static JsonObject unshared(Share share) {
        return new JsonObject("unshared", fields -> write(fields, share));
    }

    static JsonFields write(JsonFields fields, Share share) {
        return ShareOptionsJson.offer(
                named(fields, share)
                        .number("size", share.size())
                        .number("chunks", share.chunks())
                        .bool("available", share.available())
                        .number("uploadedBytes", share.uploadedBytes())
                        .text("trouble", share.trouble()),
                share.offer());
    }

    static JsonFields named(JsonFields fields, Share share) {
        return fields.text("hash", share.hash()).text("name", share.name()).text("path", share.path());
    }

    private static ScanNotes.Noted readNoted(JsonTree json, String name) {
        List<ScanNotes.Entry> first = json.objects(name).stream()
                .map(entry -> new ScanNotes.Entry(entry.text("path"), entry.text("reason")))
                .toList();
        return new ScanNotes.Noted(first, json.integer(name + "Count"));
    }

    private static void entry(JsonFields object, ScanNotes.Entry entry) {
        object.text("path", entry.path()).text("reason", entry.reason());
    }
}
