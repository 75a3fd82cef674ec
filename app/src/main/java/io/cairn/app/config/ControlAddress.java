package io.cairn.app.config;

import io.cairn.app.CairnException;
import io.cairn.app.Reason;
import io.cairn.dht.id.Endpoint;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The address of the control interface on TCP: an IP address, never a name, which could come to mean another machine. */
final class ControlAddress {
    private ControlAddress() {}

    /** @throws CairnException of kind USAGE if it is not an IP address with a port */
    static Optional<InetSocketAddress> of(@Nullable String text) throws CairnException {
        if (text == null) {
            return Optional.empty();
        }
        try {
            Endpoint endpoint = Endpoint.parse(text);
            return Optional.of(new InetSocketAddress(endpoint.address(), endpoint.port()));
        } catch (IllegalArgumentException invalid) {
            throw new CairnException(
                    CairnException.Kind.USAGE,
                    "cannot use control \"" + text + "\"",
                    "it is not an IP address and a port, such as 127.0.0.1:4780",
                    Reason.CORRECT_THE_SETTING
                            .says("correct the setting control")
                            .and("option", "control")
                            .and("value", text)
                            .and("variable", "CAIRN_CONTROL"));
        }
    }
}
