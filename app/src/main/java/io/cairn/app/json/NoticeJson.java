package io.cairn.app.json;

import io.cairn.app.Node.Notice;

/** Notices in JSON. */
public final class NoticeJson {
    private NoticeJson() {}

    public static JsonObject of(Notice.ShareChanged changed) {
        return new JsonObject(
                "share_changed",
                fields -> fields.text("hash", changed.share().hash())
                        .text("name", changed.share().name())
                        .text("path", changed.path())
                        .text("reason", changed.what()));
    }

    public static JsonObject of(Notice.ShareReturned returned) {
        return new JsonObject("share_returned", fields -> ShareJson.named(fields, returned.share()));
    }

    public static JsonObject of(Notice.ShareUnreadable unreadable) {
        return new JsonObject(
                "share_unreadable",
                fields -> ShareJson.named(fields, unreadable.share()).text("reason", unreadable.why()));
    }

    public static JsonObject of(Notice.ClockDiffers differs) {
        return new JsonObject(
                "clock",
                fields -> fields.text("address", differs.address().getHostAddress())
                        .number("aheadMillis", differs.aheadMillis()));
    }
}
