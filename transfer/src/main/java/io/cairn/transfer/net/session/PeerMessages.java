package io.cairn.transfer.net.session;

import io.cairn.dht.id.Contact;
import io.cairn.transfer.protocol.PeerMessage;
import io.cairn.transfer.swarm.port.Block;
import io.cairn.transfer.swarm.port.ChunkPlace;
import io.cairn.transfer.swarm.port.DialBackEnd;
import io.cairn.transfer.swarm.port.ManifestPiece;
import io.cairn.transfer.swarm.port.PeerAddress;
import io.cairn.transfer.swarm.port.PeerConnection;
import io.cairn.transfer.swarm.port.PeerId;
import io.cairn.transfer.swarm.port.Question;
import io.cairn.transfer.swarm.port.RefusalReason;
import io.cairn.transfer.swarm.port.Reply;
import io.cairn.transfer.swarm.port.Topic;
import java.util.ArrayList;
import java.util.List;

/** Converts between the swarm's port and the messages of Cairn's own wire, where every block is a whole chunk and every peer a node. */
public final class PeerMessages {
    private PeerMessages() {}

    /** Passes a peer's message to a receiver. HELLO and CHUNKS never arrive here: the session handles them. */
    static void tell(PeerMessage message, PeerConnection.Receiver receiver) {
        if (message instanceof PeerMessage.ManifestRequest m) {
            receiver.manifestRequested(m.share(), m.offset());
        } else if (message instanceof PeerMessage.ManifestPart m) {
            receiver.manifestDelivered(new ManifestPiece(m.share(), m.offset(), m.total(), m.part()));
        } else if (message instanceof PeerMessage.Have m) {
            receiver.offered(m.share(), m.chunks());
        } else if (message instanceof PeerMessage.HaveMore m) {
            receiver.offeredMore(m.share(), m.chunks());
        } else if (message instanceof PeerMessage.Want m) {
            receiver.requested(m.share(), blocks(m.chunks()));
        } else if (message instanceof PeerMessage.Cancel m) {
            receiver.cancelled(m.share(), blocks(m.chunks()));
        } else if (message instanceof PeerMessage.Reject m) {
            receiver.refused(
                    m.share(),
                    blocks(m.chunks()),
                    RefusalReason.valueOf(m.reason().name()));
        } else if (message instanceof PeerMessage.Peers m) {
            receiver.introduced(m.share(), addresses(m.peers()));
        } else if (message instanceof PeerMessage.Locate m) {
            receiver.locationsAsked(m.keys());
        } else if (message instanceof PeerMessage.Located m) {
            receiver.located(m.places().stream()
                    .map(place -> new ChunkPlace(place.key(), place.share(), place.chunk(), place.length()))
                    .toList());
        } else if (message instanceof PeerMessage.DialBack) {
            receiver.dialBackAsked();
        } else if (message instanceof PeerMessage.DialledBack m) {
            receiver.dialledBack(DialBackEnd.valueOf(m.end().name()));
        } else if (message instanceof PeerMessage.Ask m) {
            PeerMessage.Topic topic = m.topic();
            receiver.asked(new Question(m.number(), topic == null ? null : Topic.valueOf(topic.name()), m.body()));
        } else if (message instanceof PeerMessage.Answer m) {
            receiver.answered(new Reply(m.number(), m.body()));
        } else if (message instanceof PeerMessage.Prove m) {
            receiver.proven(m.share(), m.proof());
        } else {
            throw new IllegalArgumentException("the session keeps it to itself: " + message);
        }
    }

    /** Both sides have the same reasons; those of the wire also have numbers. */
    public static PeerMessage.Reason reason(RefusalReason reason) {
        return PeerMessage.Reason.valueOf(reason.name());
    }

    public static PeerMessage.Ask ask(Question question) {
        Topic topic = question.topic();
        return new PeerMessage.Ask(
                question.number(), topic == null ? null : PeerMessage.Topic.valueOf(topic.name()), question.body());
    }

    public static PeerMessage.DialledBack dialledBack(DialBackEnd end) {
        return new PeerMessage.DialledBack(PeerMessage.DialEnd.valueOf(end.name()));
    }

    public static PeerMessage.Located located(List<ChunkPlace> places) {
        return new PeerMessage.Located(places.stream()
                .map(place -> new PeerMessage.Place(place.key(), place.share(), place.chunk(), place.length()))
                .toList());
    }

    /** Drops peers of other wires: this wire names nodes. */
    public static List<Contact> contacts(List<PeerAddress> peers) {
        List<Contact> contacts = new ArrayList<>();
        for (PeerAddress address : peers) {
            var node = address.peer().node();
            if (node != null) {
                contacts.add(new Contact(node, address.endpoint()));
            }
        }
        return contacts;
    }

    /**
     * The chunks of whole-chunk blocks.
     *
     * @throws IllegalArgumentException if a block does not start where its chunk does
     */
    public static List<Integer> chunks(List<Block> blocks) {
        List<Integer> chunks = new ArrayList<>(blocks.size());
        for (Block block : blocks) {
            if (block.offset() != 0) {
                throw new IllegalArgumentException("this wire has whole chunks, not " + block);
            }
            chunks.add(block.chunk());
        }
        return chunks;
    }

    private static List<Block> blocks(List<Integer> chunks) {
        return chunks.stream().map(Block::whole).toList();
    }

    private static List<PeerAddress> addresses(List<Contact> contacts) {
        return contacts.stream()
                .map(contact -> new PeerAddress(PeerId.of(contact.id()), contact.endpoint()))
                .toList();
    }
}
