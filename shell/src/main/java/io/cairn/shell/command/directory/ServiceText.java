package io.cairn.shell.command.directory;

import io.cairn.dht.wire.Service;
import io.cairn.shell.output.Plain;
import java.util.stream.Collectors;

/** A service in words, harmless on a terminal: others chose them. */
final class ServiceText {
    private ServiceText() {}

    static String capabilities(Service service) {
        return Plain.line(String.join(",", service.capabilities()));
    }

    static String metadata(Service service) {
        return service.metadata().entrySet().stream()
                .map(entry -> Plain.line(entry.getKey() + "=" + entry.getValue()))
                .collect(Collectors.joining("  "));
    }

    /** {@code ID  ENDPOINT  CAPABILITIES  PUBLISHER  k=v}. */
    static String line(Service service, String publisher) {
        String metadata = metadata(service);
        return Plain.line(service.id()) + "  " + Plain.line(service.endpoint()) + "  " + capabilities(service) + "  "
                + publisher + (metadata.isEmpty() ? "" : "  " + metadata);
    }
}
