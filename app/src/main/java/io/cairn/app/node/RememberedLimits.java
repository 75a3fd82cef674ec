package io.cairn.app.node;

import io.cairn.app.SpeedLimits;
import io.cairn.transfer.store.state.SettingTable;
import java.io.IOException;
import java.util.Map;

/** The limits last set on a running node, in its state. Blocks: for workers. */
final class RememberedLimits {
    private static final String UP = "limit-up";
    private static final String DOWN = "limit-down";
    private static final String UP_PER_PEER = "limit-up-per-peer";
    private static final String DOWN_PER_PEER = "limit-down-per-peer";
    private static final String ON_LAN = "limit-lan";

    private RememberedLimits() {}

    static SpeedLimits read(SettingTable settings) throws IOException {
        Map<String, String> all = settings.all();
        try {
            return new SpeedLimits(
                    rate(all, UP),
                    rate(all, DOWN),
                    rate(all, UP_PER_PEER),
                    rate(all, DOWN_PER_PEER),
                    Boolean.parseBoolean(all.getOrDefault(ON_LAN, "false")));
        } catch (IllegalArgumentException edited) {
            throw new IOException(
                    "the table \"setting\" of the state holds no usable limit: " + edited.getMessage(), edited);
        }
    }

    static void write(SettingTable settings, SpeedLimits limits) throws IOException {
        settings.put(UP, String.valueOf(limits.up()));
        settings.put(DOWN, String.valueOf(limits.down()));
        settings.put(UP_PER_PEER, String.valueOf(limits.upPerPeer()));
        settings.put(DOWN_PER_PEER, String.valueOf(limits.downPerPeer()));
        settings.put(ON_LAN, String.valueOf(limits.onLan()));
    }

    private static long rate(Map<String, String> all, String name) {
        return Long.parseLong(all.getOrDefault(name, "0"));
    }
}
