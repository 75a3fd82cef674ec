package io.cairn.shell;

import io.cairn.app.Node;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import java.util.function.Consumer;

/** Tells that something is no longer shared because its files are not what they were. */
final class ShareNotices implements Consumer<Node.Notice> {
    private final Output output;

    ShareNotices(Output output) {
        this.output = output;
    }

    @Override
    public void accept(Node.Notice notice) {
        if (notice instanceof Node.Notice.ShareChanged changed) {
            output.notice("no longer shared: " + Plain.line(changed.share().name()) + ": "
                    + Plain.line(changed.path().toString()) + " " + Plain.line(changed.what())
                    + "; share it again to offer what it is now");
            output.json(
                    "share_changed",
                    fields -> fields.text("hash", changed.share().hash())
                            .text("name", changed.share().name())
                            .text("path", changed.path())
                            .text("reason", changed.what()));
        }
    }
}
