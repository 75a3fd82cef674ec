package io.cairn.shell.session;

import io.cairn.app.Node;
import io.cairn.control.Attachment;
import io.cairn.control.SharedNode;
import io.cairn.dht.id.Endpoint;
import io.cairn.shell.output.Plain;
import io.cairn.shell.output.Sizes;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The banner of a node at its start. */
public final class Banner {
    private Banner() {}

    /** {@code cairn 0.1.0  node 5f1c…e09a  listening on 192.168.1.5:4747 (udp+tcp)  network "public"}. */
    public static String of(Node.NodeInfo info) {
        String addresses = info.addresses().isEmpty()
                ? "port " + info.port()
                : info.addresses().stream().map(Endpoint::toString).collect(Collectors.joining(", "));
        return "cairn " + info.version() + "  node " + info.node().toShortString() + "  listening on " + addresses
                + " (udp+tcp)  network \"" + Plain.line(info.network()) + "\"";
    }

    /** The same for a node in use: one of another process is named with that process. */
    public static String of(SharedNode node) {
        Attachment attachment = node.attachment();
        return attachment.isHere()
                ? of(node.info())
                : of(node.info()) + "\nattached to the node of process "
                        + attachment.process().pid() + " ("
                        + Plain.line(attachment.process().mode()) + ")";
    }

    /** Reports the result of joining once it has ended. */
    public static void whenJoined(Node node, Consumer<String> told) {
        CompletableFuture<Void> unused = node.joined().thenAccept(contacts -> told.accept(joined(node, contacts)));
    }

    private static String joined(Node node, int contacts) {
        if (contacts == 0) {
            return "not joined yet: no peer has answered, still looking";
        }
        return "joined: " + Sizes.count(contacts, "peer") + (areNeighbors(node) ? " on this LAN" : "");
    }

    private static boolean areNeighbors(Node node) {
        if (!node.info().lan() || node.peers().isEmpty()) {
            return false;
        }
        Subnets subnets = Subnets.ofThisMachine();
        return node.peers().stream()
                .allMatch(peer -> subnets.contain(peer.endpoint().address()));
    }
}
