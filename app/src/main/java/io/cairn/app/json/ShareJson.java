package io.cairn.app.json;

import io.cairn.app.Node.Share;
import io.cairn.app.Node.ShareReport;
import io.cairn.dht.PublishReport;
import io.cairn.transfer.content.ScanNotes;

/** Shares in JSON. */
public final class ShareJson {
    private ShareJson() {}

    /** A share, as listed. */
    public static JsonObject of(Share share) {
        return new JsonObject(
                "share",
                fields -> fields.text("hash", share.hash())
                        .text("name", share.name())
                        .text("path", share.path())
                        .number("size", share.size())
                        .number("chunks", share.chunks())
                        .bool("available", share.available())
                        .number("uploadedBytes", share.uploadedBytes())
                        .text("trouble", share.trouble()));
    }

    /** The result of sharing. */
    public static JsonObject of(ShareReport report) {
        Share share = report.share();
        PublishReport publication = report.publication();
        ScanNotes notes = report.notes();
        return new JsonObject(
                "shared",
                fields -> fields.text("hash", share.hash())
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
                        .number("excluded", notes.excluded()));
    }

    /** A share that has ended. */
    public static JsonObject unshared(Share share) {
        return new JsonObject("unshared", fields -> named(fields, share));
    }

    static JsonFields named(JsonFields fields, Share share) {
        return fields.text("hash", share.hash()).text("name", share.name()).text("path", share.path());
    }

    private static void entry(JsonFields object, ScanNotes.Entry entry) {
        object.text("path", entry.path()).text("reason", entry.reason());
    }
}
