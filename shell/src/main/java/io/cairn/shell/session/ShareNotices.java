package io.cairn.shell.session;

import io.cairn.app.Node;
import io.cairn.app.json.NoticeJson;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import java.util.function.Consumer;

/** Reports that a share is withdrawn because its files changed, is offered again, or cannot be read for a peer. */
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
        }
    }
}
