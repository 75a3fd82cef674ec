package io.cairn.shell.session;

import io.cairn.app.Node;
import io.cairn.app.json.NoticeJson;
import io.cairn.shell.output.Output;
import java.util.function.Consumer;

/** Reports a machine whose clock differs so much that the two nodes cannot communicate. */
public final class ClockNotices implements Consumer<Node.Notice> {
    private final Output output;

    public ClockNotices(Output output) {
        this.output = output;
    }

    @Override
    public void accept(Node.Notice notice) {
        if (notice instanceof Node.Notice.ClockDiffers differs) {
            output.note(differs.text() + ", so neither takes the other's messages; set the clock that is wrong");
            output.json(NoticeJson.of(differs));
        }
    }
}
