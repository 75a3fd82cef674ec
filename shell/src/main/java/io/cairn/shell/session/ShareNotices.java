package io.cairn.shell.session;

import io.cairn.app.Node;
import io.cairn.app.json.NoticeJson;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.output.Sizes;
import java.util.function.Consumer;

/** Reports what happens to shares: withdrawn because their files changed, offered again, unreadable for a peer, or sent by a contact. */
public final class ShareNotices implements Consumer<Node.Notice> {
    private final Output output;

    public ShareNotices(Output output) {
        this.output = output;
    }

    @Override
    public void accept(Node.Notice notice) {
        if (notice instanceof Node.Notice.ShareChanged changed) {
            output.note("no longer shared: " + Plain.line(changed.share().name()) + ": "
                    + Plain.line(changed.path().toString()) + " " + Plain.line(changed.what())
                    + "; share it again to offer what it is now");
            output.json(NoticeJson.of(changed));
        } else if (notice instanceof Node.Notice.ShareReturned returned) {
            output.note("shared again, its files are back: "
                    + Plain.line(returned.share().name()));
            output.json(NoticeJson.of(returned));
        } else if (notice instanceof Node.Notice.ShareUnreadable unreadable) {
            output.note("cannot read for a peer: "
                    + Plain.line(unreadable.share().name()) + ": " + Plain.line(unreadable.why()));
            output.json(NoticeJson.of(unreadable));
        } else if (notice instanceof Node.Notice.VersionPublished version) {
            output.note("shared  " + Plain.line(version.share().name()) + " as it is now, "
                    + Sizes.bytes(version.share().size()) + ": "
                    + Plain.line(version.name().name()) + " points to "
                    + version.share().hash());
            output.json(NoticeJson.of(version));
        } else if (notice instanceof Node.Notice.VersionFailed failed) {
            output.note("not shared as it is now: " + Plain.line(failed.path().toString()) + ": "
                    + Plain.line(failed.why()) + "; trying again");
            output.json(NoticeJson.of(failed));
        } else if (notice instanceof Node.Notice.GiftArrived gift) {
            output.note(Plain.line(gift.who()) + " sent you "
                    + (gift.items() == 0
                            ? "a text"
                            : Sizes.count(gift.items(), "share") + ", " + Sizes.bytes(gift.size())
                                    + (gift.hasText() ? ", and a text" : ""))
                    + "; to take it: receive");
            output.json(NoticeJson.of(gift));
        }
    }
}
