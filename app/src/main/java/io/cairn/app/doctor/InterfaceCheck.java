package io.cairn.app.doctor;

import io.cairn.app.Check;
import io.cairn.dht.net.OwnGreeting;
import io.cairn.dht.net.UdpConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Whether the greetings that this node sends through each interface come back to it. */
final class InterfaceCheck {
    static final String NAME = "interface";

    private InterfaceCheck() {}

    /**
     * One check for each interface.
     *
     * @param isOnNetwork whether this machine has an address besides loopback
     */
    static List<Check> judge(List<OwnGreeting> greetings, boolean isOnNetwork) {
        if (!isOnNetwork) {
            return List.of(Check.bad(
                    NAME, "this machine is not connected to a network", "plug in a cable or join a wireless network"));
        }
        Map<String, List<OwnGreeting>> byDevice = greetings.stream()
                .collect(Collectors.groupingBy(OwnGreeting::device, LinkedHashMap::new, Collectors.toList()));
        List<Check> checks = new ArrayList<>();
        byDevice.forEach((device, sent) -> checks.add(one(NAME + " " + device, sent)));
        return checks;
    }

    private static Check one(String name, List<OwnGreeting> sent) {
        String heard = ways(sent, true);
        String unheard = ways(sent, false);
        if (unheard.isEmpty()) {
            return Check.ok(name, "heard back: " + heard);
        }
        String next = "let UDP port " + UdpConfig.DISCOVERY_PORT
                + " (multicast and broadcast) through the firewall of this machine, or name the other nodes";
        return heard.isEmpty()
                ? Check.bad(name, "no greeting comes back (" + unheard + "): a firewall likely drops them", next)
                : Check.warning(name, "heard back: " + heard + "; not heard: " + unheard, next);
    }

    private static String ways(List<OwnGreeting> sent, boolean isHeard) {
        return sent.stream()
                .filter(greeting -> greeting.isHeard() == isHeard)
                .map(greeting -> greeting.way().text())
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
