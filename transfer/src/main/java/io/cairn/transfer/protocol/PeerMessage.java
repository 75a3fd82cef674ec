package io.cairn.transfer.protocol;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages of a transfer session. Pure data; the bytes of a chunk travel beside them. */
public sealed interface PeerMessage {
    /** Concerns one share. */
    sealed interface OfShare extends PeerMessage {
        /** The hash of the share. */
        Key share();
    }

    /**
     * The first message of each side: binds the encrypted session to the node keys.
     *
     * @param ownCertificate of the sender
     * @param peerCertificate the recipient's, as the sender sees it
     * @param port where the sender listens, 0 if nowhere
     * @param agent program and version, at most {@value ProtocolLimits#AGENT_CHARACTERS_MAX} characters
     * @param proofs in a private network one for each valid key, else none
     */
    record Hello(
            Fingerprint ownCertificate, Fingerprint peerCertificate, int port, String agent, List<NetworkProof> proofs)
            implements PeerMessage {
        public Hello {
            proofs = List.copyOf(proofs);
        }

        /** In an open network. */
        public Hello(Fingerprint ownCertificate, Fingerprint peerCertificate, int port, String agent) {
            this(ownCertificate, peerCertificate, port, agent, List.of());
        }
    }

    /** Requests the part of the manifest that starts at an offset. */
    record ManifestRequest(Key share, int offset) implements OfShare {}

    /**
     * A part of the manifest.
     *
     * @param total the length of the whole manifest in bytes, as the sender claims
     * @param part 1 to {@value ProtocolLimits#MANIFEST_PART_BYTES_MAX} bytes; not copied
     */
    record ManifestPart(Key share, int offset, long total, byte[] part) implements OfShare {
        @Override
        public boolean equals(Object other) {
            return other instanceof ManifestPart that
                    && share.equals(that.share)
                    && offset == that.offset
                    && total == that.total
                    && Arrays.equals(part, that.part);
        }

        @Override
        public int hashCode() {
            return 31 * share.hashCode() + Arrays.hashCode(part);
        }
    }

    /** All chunks of the share that the sender has. */
    record Have(Key share, ChunkSet chunks) implements OfShare {}

    /** Chunks that the sender has verified since its last announcement. */
    record HaveMore(Key share, List<Integer> chunks) implements OfShare {
        public HaveMore {
            chunks = List.copyOf(chunks);
        }
    }

    /** Requests whole chunks, in this order; each is answered once, by its bytes after {@link Chunks} or by {@link Reject}. */
    record Want(Key share, List<Integer> chunks) implements OfShare {
        public Want {
            chunks = List.copyOf(chunks);
        }
    }

    /** The bytes of these chunks follow, in this order. One signature covers several, since it costs as much as 60 KiB of digests. */
    record Chunks(Key share, List<Integer> chunks) implements OfShare {
        public Chunks {
            chunks = List.copyOf(chunks);
        }
    }

    /**
     * A request will not be served.
     *
     * @param chunks the refused ones; empty for the whole share
     */
    record Reject(Key share, List<Integer> chunks, Reason reason) implements OfShare {
        public Reject {
            chunks = List.copyOf(chunks);
        }
    }

    /** Cancels requests that have not been served. */
    record Cancel(Key share, List<Integer> chunks) implements OfShare {
        public Cancel {
            chunks = List.copyOf(chunks);
        }
    }

    /** Other participants of a share, and where the sender met them. */
    record Peers(Key share, List<Contact> peers) implements OfShare {
        public Peers {
            peers = List.copyOf(peers);
        }
    }

    /** Asks where chunks are available, by their own keys, in any share. */
    record Locate(List<Key> keys) implements PeerMessage {
        public Locate {
            keys = List.copyOf(keys);
        }
    }

    /** Where the sender has chunks of a {@link Locate}; it does not have those not named. */
    record Located(List<Place> places) implements PeerMessage {
        public Located {
            places = List.copyOf(places);
        }
    }

    /**
     * Where a chunk is available.
     *
     * @param key the chunk's key: the SHA-1 of its bytes
     * @param share a share that the sender serves
     * @param chunk the chunk's number in that share
     * @param length in bytes
     */
    record Place(Key key, Key share, int chunk, int length) {}

    /** Asks the recipient to open a connection to the sender's address, at the port of its {@link Hello}. */
    record DialBack() implements PeerMessage {}

    /** How the connection of a {@link DialBack} ended. */
    record DialledBack(DialEnd end) implements PeerMessage {}

    /**
     * A question that is not about the chunks of a share.
     *
     * @param number repeated in the answer
     * @param topic null for one that this version does not know
     * @param body at most {@value ProtocolLimits#TALK_BYTES_MAX} bytes; not copied
     */
    record Ask(int number, @Nullable Topic topic, byte[] body) implements PeerMessage {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Ask that
                    && number == that.number
                    && topic == that.topic
                    && Arrays.equals(body, that.body);
        }

        @Override
        public int hashCode() {
            return 31 * number + Arrays.hashCode(body);
        }
    }

    /**
     * The answer to a question.
     *
     * @param body null if it is refused; at most {@value ProtocolLimits#TALK_BYTES_MAX} bytes; not copied
     */
    record Answer(int number, byte @Nullable [] body) implements PeerMessage {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Answer that && number == that.number && Arrays.equals(body, that.body);
        }

        @Override
        public int hashCode() {
            return 31 * number + Arrays.hashCode(body);
        }
    }

    /**
     * The sender has the secret of a share.
     *
     * @param proof {@value io.cairn.transfer.content.ShareSecret#PROOF_BYTES} bytes; not copied
     */
    record Prove(Key share, byte[] proof) implements OfShare {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Prove that && share.equals(that.share) && Arrays.equals(proof, that.proof);
        }

        @Override
        public int hashCode() {
            return 31 * share.hashCode() + Arrays.hashCode(proof);
        }
    }

    /** What a question is about. */
    enum Topic {
        CATALOGUE(1),
        SECRET(2),
        CODE(3),
        GIFT(4),
        RENEWAL(5);

        private final int number;

        Topic(int number) {
            this.number = number;
        }

        /** The number on the wire. */
        public int number() {
            return number;
        }
    }

    /** How a dial-back ended. */
    enum DialEnd {
        CONNECTED(1),
        REFUSED(2),
        UNREACHABLE(3),
        TIMED_OUT(4),
        DECLINED(5);

        private final int number;

        DialEnd(int number) {
            this.number = number;
        }

        /** The number on the wire. */
        public int number() {
            return number;
        }
    }

    /** Why a request is refused. */
    enum Reason {
        /** The share is not here. */
        NOT_SHARED(1),
        /** These chunks are not here; without chunks, the manifest is not here yet. */
        NOT_HAD(2),
        /** The file has changed since it was shared. */
        CHANGED(3),
        /** Too much is requested already. */
        BUSY(4),
        /** Cancelled by {@link Cancel}. */
        CANCELLED(5);

        private final int number;

        Reason(int number) {
            this.number = number;
        }

        /** The number on the wire. */
        public int number() {
            return number;
        }
    }
}
