package io.cairn.dht.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kind of a network interface: as reported by Linux, elsewhere guessed from the usual names of such interfaces. */
enum LinkKind {
    /** An adapter, or anything that looks like one. */
    PLAIN,
    /** Joins interfaces of this machine, usually those of containers and virtual machines. */
    BRIDGE,
    /** Leads through another network. */
    TUNNEL,
    LOOPBACK;

    private static final Logger LOG = LoggerFactory.getLogger(LinkKind.class);
    private static final Path LINUX_DEVICES = Path.of("/sys/class/net");

    /** ARPHRD_PPP, ARPHRD_TUNNEL, ARPHRD_TUNNEL6, ARPHRD_SIT, ARPHRD_IPGRE, ARPHRD_IP6GRE and ARPHRD_NONE. */
    private static final Set<String> TUNNEL_TYPES = Set.of("512", "768", "769", "776", "778", "823", "65534");

    private static final List<String> TUNNEL_DEVICES = List.of("wireguard", "vxlan", "geneve", "gretap", "gre");
    private static final Pattern BRIDGE_NAMES =
            Pattern.compile("(docker|br-|virbr|veth|vnet|vmnet|vboxnet|lxcbr|lxdbr|cni|podman|bridge|vEthernet).*");
    private static final Pattern TUNNEL_NAMES =
            Pattern.compile("(tun|tap|utun|wg|tailscale|zt|ppp|ipsec|gif|stf|vxlan|nordlynx|proton|flannel|cali).*");

    /** Reads the system's own list of devices if there is one. */
    static LinkKind of(String device) {
        return of(device, LINUX_DEVICES);
    }

    static LinkKind of(String device, Path devices) {
        Path entry = devices.resolve(device);
        if (Files.isDirectory(entry.resolve("bridge"))) {
            return BRIDGE;
        }
        if (Files.exists(entry.resolve("tun_flags")) || isTunnel(entry)) {
            return TUNNEL;
        }
        if (BRIDGE_NAMES.matcher(device).matches()) {
            return BRIDGE;
        }
        return TUNNEL_NAMES.matcher(device).matches() ? TUNNEL : PLAIN;
    }

    /** Whether the administrator has switched a device on, with or without a carrier; false if the system does not report it. */
    static boolean isSwitchedOn(String device) {
        String flags = read(LINUX_DEVICES.resolve(device).resolve("flags"));
        return flags.startsWith("0x") && (Integer.parseUnsignedInt(flags.substring(2), 16) & 1) == 1;
    }

    private static boolean isTunnel(Path entry) {
        String properties = read(entry.resolve("uevent")).toLowerCase(Locale.ROOT);
        return TUNNEL_TYPES.contains(read(entry.resolve("type")))
                || TUNNEL_DEVICES.stream().anyMatch(device -> properties.contains("devtype=" + device));
    }

    private static String read(Path file) {
        if (!Files.isReadable(file)) {
            return "";
        }
        try {
            return Files.readString(file).strip();
        } catch (IOException gone) {
            LOG.debug("{} cannot be read", file, gone);
            return "";
        }
    }
}
