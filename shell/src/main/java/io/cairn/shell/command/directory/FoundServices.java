package io.cairn.shell.command.directory;

import io.cairn.app.Services.Event;
import io.cairn.app.json.directory.ServiceJson;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.Service;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.session.Names;
import java.util.HashMap;
import java.util.Map;

/** Prints the services that a search tells, each once as long as it stays the same: a search that begins again finds them all again. */
final class FoundServices {
    private final Output output;
    private final Names names;
    private final boolean watch;
    private final Map<Name, Service> shown = new HashMap<>();

    FoundServices(Output output, Names names, boolean watch) {
        this.output = output;
        this.names = names;
        this.watch = watch;
    }

    private record Name(NodeId publisher, String id) {}

    /** Called by one thread after another, in the order of the events. */
    synchronized void tell(Event event) {
        if (event instanceof Event.Found appeared) {
            Service service = appeared.found().service();
            NodeId publisher = appeared.found().publisher();
            if (!service.equals(shown.put(new Name(publisher, service.id()), service))) {
                output.data((watch ? "found  " : "") + ServiceText.line(service, shown(publisher)));
                output.json(ServiceJson.of(event).ofContact(names.of(publisher)));
            }
        } else if (event instanceof Event.Gone gone) {
            shown.remove(new Name(gone.publisher(), gone.id()));
            output.data("gone  " + Plain.line(gone.id()) + "  " + shown(gone.publisher()) + "  "
                    + gone.end().text());
            output.json(ServiceJson.of(event).ofContact(names.of(gone.publisher())));
        }
    }

    /** Its name, or short for a person; whole for a program. */
    private String shown(NodeId publisher) {
        return output.isTabular() ? names.shown(publisher) : publisher.toHex();
    }
}
