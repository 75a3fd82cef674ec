package io.cairn.sim.chord;

import io.cairn.dht.env.Packet;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Id160;
import io.cairn.dht.wire.WireSizes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message in transit, unsigned, with the size it would have in the signed envelope of a Kademlia message, so that both can be compared.
 *
 * @param requestId the asker's; an answer carries that of its request
 * @param sender the sending node
 */
record ChordPacket(long requestId, Contact sender, ChordMessage message, int sizeBytes) implements Packet {
    private static final int ID_BYTES = 2 + Id160.LENGTH_BYTES;

    /** Tag and length of a message, and of a list in it. */
    private static final int FIELD_BYTES = 3;

    ChordPacket(long requestId, Contact sender, ChordMessage message) {
        this(requestId, sender, message, WireSizes.ENVELOPE_BYTES + FIELD_BYTES + bytesOf(message));
    }

    private static int bytesOf(ChordMessage message) {
        if (message instanceof ChordMessage.FindSuccessor find) {
            return ID_BYTES + 2 + FIELD_BYTES + find.avoided().size() * Id160.LENGTH_BYTES;
        } else if (message instanceof ChordMessage.GetNeighbours) {
            return 2;
        } else if (message instanceof ChordMessage.Leave leave) {
            return bytesOf(leave.predecessor(), leave.successors());
        } else if (message instanceof ChordMessage.Nearer nearer) {
            return bytesOf(null, nearer.contacts());
        } else if (message instanceof ChordMessage.Successors successors) {
            return bytesOf(null, successors.contacts());
        } else if (message instanceof ChordMessage.Neighbours neighbours) {
            return bytesOf(neighbours.predecessor(), neighbours.successors());
        }
        return 0;
    }

    private static int bytesOf(@Nullable Contact one, List<Contact> others) {
        int bytes = one == null ? 0 : FIELD_BYTES + WireSizes.of(one);
        for (int i = 0; i < others.size(); i++) {
            bytes += WireSizes.of(others.get(i));
        }
        return bytes + FIELD_BYTES;
    }
}
