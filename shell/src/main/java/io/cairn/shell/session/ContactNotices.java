package io.cairn.shell.session;

import io.cairn.app.Node;
import io.cairn.app.json.NoticeJson;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import java.util.function.Consumer;

/** Reports new nodes, above the line being typed. */
public final class ContactNotices implements Consumer<Node.Notice> {
    private final Output output;

    public ContactNotices(Output output) {
        this.output = output;
    }

    @Override
    public void accept(Node.Notice notice) {
        if (notice instanceof Node.Notice.ContactAppeared appeared) {
            String name = appeared.name();
            String who = name == null ? appeared.contact().id().toShortString() : Plain.line(name);
            output.note("peer appeared: " + who + " at " + appeared.contact().endpoint());
            output.json(NoticeJson.of(appeared));
        }
    }
}
