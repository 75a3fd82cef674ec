package io.cairn.shell.session;

import io.cairn.app.Node;
import io.cairn.app.json.PeerJson;
import io.cairn.shell.output.Output;
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
            output.note("peer appeared: " + appeared.contact().id().toShortString() + " at "
                    + appeared.contact().endpoint());
            output.json(PeerJson.of(appeared.contact(), "appeared"));
        }
    }
}
