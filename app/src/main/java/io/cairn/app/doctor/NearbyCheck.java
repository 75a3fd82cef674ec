package io.cairn.app.doctor;

import io.cairn.app.Check;
import io.cairn.app.NodeConfig;
import io.cairn.dht.Misfit;
import io.cairn.dht.wire.NetworkId;
import io.cairn.dht.wire.SignedEnvelope;
import java.util.List;

/** The networks and versions of the nodes that are heard. */
final class NearbyCheck {
    static final String NAME = "network";

    private NearbyCheck() {}

    /**
     * @param network the name of this node's network
     * @param hasKey whether a key file separates it from others with the name
     * @param contacts how many nodes of it are known
     */
    static Check judge(String network, boolean hasKey, int contacts, List<Misfit> misfits) {
        List<Misfit> strange =
                misfits.stream().filter(misfit -> !misfit.isClock()).toList();
        String own = "network \"" + network + "\"" + (hasKey ? " with a key" : "");
        String detail = own + ": " + contacts + (contacts == 1 ? " contact" : " contacts") + ", protocol version "
                + SignedEnvelope.VERSION;
        if (strange.isEmpty()) {
            return contacts > 0
                    ? Check.ok(NAME, detail)
                    : Check.warning(
                            NAME,
                            own + ": no other node is known",
                            "start cairn on another machine of this network, or name a bootstrap node");
        }
        Misfit first = strange.get(0);
        String heard = first.address().getHostAddress() + clause(first, network);
        if (contacts > 0 && !first.isVersion()) {
            return Check.ok(NAME, detail + "; " + heard);
        }
        String next = first.isVersion()
                ? "install the same version of cairn on both machines"
                : "give both machines the same network and network key file";
        return contacts > 0 || first.isVersion() // which anybody can send in its name
                ? Check.warning(NAME, detail + "; " + heard, next)
                : Check.bad(NAME, own + "; " + heard, next);
    }

    private static String clause(Misfit misfit, String network) {
        if (misfit.isVersion()) {
            return " sends version " + misfit.version() + " of the protocol, this node speaks version "
                    + SignedEnvelope.VERSION;
        }
        NetworkId theirs = misfit.network();
        if (theirs != null && theirs.equals(NetworkId.ofName(network))) {
            return " is in a network of this name without this key";
        }
        return theirs != null && theirs.equals(NetworkId.ofName(NodeConfig.DEFAULT_NETWORK))
                ? " is in the network \"" + NodeConfig.DEFAULT_NETWORK + "\""
                : " is in another network: its network's name or key is not this node's";
    }
}
