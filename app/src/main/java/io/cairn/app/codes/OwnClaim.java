package io.cairn.app.codes;

import io.cairn.transfer.protocol.code.Offering;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this node calls itself to who knows a code, and to contacts: {@code ann@laptop}. */
final class OwnClaim {
    private static final Logger LOG = LoggerFactory.getLogger(OwnClaim.class);
    private static final Path LINUX = Path.of("/proc/sys/kernel/hostname");

    private OwnClaim() {}

    /** May ask the network for the name of the host: for workers. */
    static String read() {
        return shortened(System.getProperty("user.name", "") + "@" + host());
    }

    private static String host() {
        try {
            return Files.isReadable(LINUX)
                    ? Files.readString(LINUX).strip()
                    : InetAddress.getLocalHost().getHostName();
        } catch (IOException unknown) {
            LOG.debug("this machine has no name", unknown);
            return "";
        }
    }

    static String shortened(String claim) {
        String text = claim;
        while (text.getBytes(StandardCharsets.UTF_8).length > Offering.CLAIM_BYTES_MAX) {
            text = text.substring(0, text.offsetByCodePoints(text.length(), -1));
        }
        return text;
    }
}
