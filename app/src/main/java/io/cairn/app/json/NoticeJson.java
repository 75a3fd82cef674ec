package io.cairn.app.json;

import io.cairn.app.Node.Notice;
import io.cairn.app.Node.Notice.ClockDiffers;
import io.cairn.app.Node.Notice.ContactAppeared;
import io.cairn.app.Node.Notice.GiftArrived;
import io.cairn.app.Node.Notice.ShareChanged;
import io.cairn.app.Node.Notice.ShareReturned;
import io.cairn.app.Node.Notice.ShareUnreadable;
import io.cairn.app.Node.Notice.VersionFailed;
import io.cairn.app.Node.Notice.VersionPublished;
import io.cairn.app.Values;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import java.nio.file.Path;

/** Notices in JSON. */
public final class NoticeJson {
    private NoticeJson() {}

    public static JsonObject of(Notice notice) {
        if (notice instanceof ShareChanged changed) {
            return of(changed);
        } else if (notice instanceof ShareReturned returned) {
            return of(returned);
        } else if (notice instanceof ShareUnreadable unreadable) {
            return of(unreadable);
        } else if (notice instanceof ClockDiffers differs) {
            return of(differs);
        }
        if (notice instanceof VersionPublished version) {
            return of(version);
        } else if (notice instanceof VersionFailed failed) {
            return of(failed);
        } else if (notice instanceof GiftArrived gift) {
            return of(gift);
        }
        ContactAppeared appeared = (ContactAppeared) notice;
        return PeerJson.of(appeared.contact(), "appeared").ofContact(appeared.name());
    }

    /**
     * Reads a notice.
     *
     * @throws IllegalArgumentException if it is none that this version knows
     */
    public static Notice read(JsonTree json) {
        return switch (json.type()) {
            case "share_changed" ->
                new ShareChanged(
                        ShareJson.read(json.child("share")), json.value("path", Path::of), json.text("reason"));
            case "share_returned" -> new ShareReturned(ShareJson.read(json.child("share")));
            case "share_unreadable" -> new ShareUnreadable(ShareJson.read(json.child("share")), json.text("reason"));
            case "version_published" ->
                new VersionPublished(
                        new Values.Name(json.text("name"), json.value("publisher", NodeId::fromHex)),
                        ShareJson.read(json.child("share")),
                        json.number("sequence"));
            case "version_failed" ->
                new VersionFailed(json.text("name"), json.value("path", Path::of), json.text("reason"));
            case "gift" ->
                new GiftArrived(
                        json.value("sender", NodeId::fromHex),
                        json.text("who"),
                        json.integer("items"),
                        json.number("size"),
                        json.bool("hasText"));
            case "clock" -> new ClockDiffers(json.value("address", Endpoint::parseAddress), json.number("aheadMillis"));
            case "peer" -> new ContactAppeared(PeerJson.readContact(json), json.textOr("contact", null));
            default -> throw new IllegalArgumentException("no notice: " + json.type());
        };
    }

    public static JsonObject of(ShareChanged changed) {
        return new JsonObject(
                "share_changed",
                fields -> fields.text("hash", changed.share().hash())
                        .text("name", changed.share().name())
                        .text("path", changed.path())
                        .text("reason", changed.what())
                        .object("share", share -> ShareJson.write(share, changed.share())));
    }

    public static JsonObject of(ShareReturned returned) {
        return new JsonObject(
                "share_returned",
                fields -> ShareJson.named(fields, returned.share())
                        .object("share", share -> ShareJson.write(share, returned.share())));
    }

    public static JsonObject of(ShareUnreadable unreadable) {
        return new JsonObject(
                "share_unreadable",
                fields -> ShareJson.named(fields, unreadable.share())
                        .text("reason", unreadable.why())
                        .object("share", share -> ShareJson.write(share, unreadable.share())));
    }

    public static JsonObject of(VersionPublished version) {
        return new JsonObject(
                "version_published",
                fields -> fields.text("publisher", version.name().publisher())
                        .text("name", version.name().name())
                        .text("hash", version.share().hash())
                        .number("sequence", version.sequence())
                        .object("share", share -> ShareJson.write(share, version.share())));
    }

    public static JsonObject of(VersionFailed failed) {
        return new JsonObject(
                "version_failed",
                fields -> fields.text("name", failed.name())
                        .text("path", failed.path())
                        .text("reason", failed.why()));
    }

    public static JsonObject of(GiftArrived gift) {
        return new JsonObject(
                "gift",
                fields -> fields.text("sender", gift.sender())
                        .text("who", gift.who())
                        .number("items", gift.items())
                        .number("size", gift.size())
                        .bool("hasText", gift.hasText()));
    }

    public static JsonObject of(ClockDiffers differs) {
        return new JsonObject(
                "clock",
                fields -> fields.text("address", differs.address().getHostAddress())
                        .number("aheadMillis", differs.aheadMillis()));
    }
}
