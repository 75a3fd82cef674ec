package io.cairn.app.doctor;

import io.cairn.app.Check;
import io.cairn.app.NodeConfig;
import io.cairn.dht.Misfit;
import io.cairn.dht.crypto.NetworkKey;
import io.cairn.dht.crypto.NetworkKeys;
import io.cairn.dht.wire.NetworkId;
import io.cairn.dht.wire.SignedEnvelope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The networks and versions of the nodes that are heard. */
final class NearbyCheck {
    static final String NAME = "network";

    private NearbyCheck() {}

    /**
     * @param network the name of this node's network
     * @param keys of the network; null if it is open
     * @param contacts how many nodes of it are known
     */
    static Check judge(String network, @Nullable NetworkKeys keys, int contacts, List<Misfit> misfits) {
        List<Misfit> strange =
                misfits.stream().filter(misfit -> !misfit.isClock()).toList();
        String own = "network \"" + network + "\"" + (keys == null ? "" : clause(keys));
        String detail = own + ": " + contacts + (contacts == 1 ? " contact" : " contacts") + ", protocol version "
                + SignedEnvelope.VERSION;
        if (keys != null && keys.all().stream().anyMatch(NetworkKey::isGuessable)) {
            return Check.warning(
                    NAME,
                    detail + "; its key has less than " + NetworkKey.GUESSABLE_BYTES
                            + " bytes, so that a listener can find it by trial",
                    "make a key of 32 random bytes, and give it to all members");
        }
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
        if (first.isUnopened()) {
            return Check.bad(
                    NAME,
                    own + "; denied: " + first.address().getHostAddress() + " uses another network or key",
                    "ask a member of that network for its invite and join it, or name the same network and key file");
        }
        String next = first.isVersion()
                ? "install the same version of cairn on both machines"
                : "give both machines the same network and network key file";
        return contacts > 0 || first.isVersion() // which anybody can send in its name
                ? Check.warning(NAME, detail + "; " + heard, next)
                : Check.bad(NAME, own + "; " + heard, next);
    }

    private static String clause(NetworkKeys keys) {
        return keys.all().size() == 1 ? " with a key" : " with two keys, of which the new one replaces the old one";
    }

    private static String clause(Misfit misfit, String network) {
        if (misfit.isUnopened()) {
            return " uses another network or key";
        }
        if (misfit.isVersion()) {
            return " sends version " + misfit.version() + " of the protocol, this node speaks version "
                    + SignedEnvelope.VERSION;
        }
        NetworkId theirs = misfit.network();
        if (theirs != null && theirs.equals(NetworkId.ofName(network))) {
            return " is in an open network of this name";
        }
        return theirs != null && theirs.equals(NetworkId.ofName(NodeConfig.DEFAULT_NETWORK))
                ? " is in the network \"" + NodeConfig.DEFAULT_NETWORK + "\""
                : " is in another network: its network's name or key is not this node's";
    }
}
