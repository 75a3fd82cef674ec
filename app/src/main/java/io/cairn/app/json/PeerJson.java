package io.cairn.app.json;

import io.cairn.app.FetchEvent.Contribution;
import io.cairn.app.FetchEvent.PeerChanged;
import io.cairn.app.Node.Peer;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import org.jspecify.annotations.Nullable;

/** Peers in JSON: each has {@code node}, {@code endpoint} and {@code state}. */
public final class PeerJson {
    private PeerJson() {}

    /** A peer, as listed: {@code connected} if there is a session, else {@code known}. */
    public static JsonObject of(Peer peer) {
        String state = peer.via() == Peer.Via.DHT ? "known" : "connected";
        return new JsonObject(
                "peer",
                fields -> peer(fields, peer.node(), peer.endpoint(), state)
                        .text("via", peer.via().text())
                        .number("receivedBytes", peer.receivedBytes())
                        .number("sentBytes", peer.sentBytes()));
    }

    public static Peer read(JsonTree json) {
        return new Peer(
                json.value("node", NodeId::fromHex),
                json.endpoint("endpoint"),
                json.constant("via", Peer.Via.class),
                json.number("receivedBytes"),
                json.number("sentBytes"));
    }

    /** A node that appeared or was greeted. */
    public static JsonObject of(Contact contact, String state) {
        return new JsonObject(
                "peer",
                fields -> peer(fields, contact.id(), contact.endpoint(), state).text("reason", ""));
    }

    public static Contact readContact(JsonTree json) {
        return new Contact(json.value("node", NodeId::fromHex), json.endpoint("endpoint"));
    }

    static JsonObject of(Key hash, PeerChanged peer) {
        return new JsonObject(
                "peer",
                fields -> peer(
                                fields.text("hash", hash),
                                peer.node(),
                                peer.endpoint(),
                                peer.state().text())
                        .text("reason", peer.reason()));
    }

    static PeerChanged readChange(JsonTree json) {
        return new PeerChanged(
                json.has("node") ? json.value("node", NodeId::fromHex) : null,
                json.endpoint("endpoint"),
                json.constant("state", PeerChanged.State.class),
                json.text("reason"));
    }

    /** The contribution of one peer, in the list of a complete fetch. */
    public static void contribution(JsonFields object, Contribution peer) {
        object.text("node", peer.node())
                .text("endpoint", peer.endpoint())
                .number("chunks", peer.chunks())
                .number("bytes", peer.bytes());
    }

    static Contribution readContribution(JsonTree json) {
        return new Contribution(
                json.value("node", NodeId::fromHex),
                json.endpoint("endpoint"),
                json.integer("chunks"),
                json.number("bytes"));
    }

    private static JsonFields peer(JsonFields fields, @Nullable NodeId node, Endpoint endpoint, String state) {
        return fields.text("node", node).text("endpoint", endpoint).text("state", state);
    }
}
