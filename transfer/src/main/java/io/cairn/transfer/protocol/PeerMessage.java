package io.cairn.transfer.protocol;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import java.util.Arrays;
import java.util.List;

/** What peers say to each other on a transfer session. Pure data; the bytes of a chunk travel beside it. */
public sealed interface PeerMessage {
    /** Speaks of one share. */
    sealed interface OfShare extends PeerMessage {
        /** The hash of the share. */
        Key share();
    }

    /**
     * The first message of each side: binds the encrypted session to the node keys.
     *
     * @param ownCertificate of the sender
     * @param peerCertificate what the sender saw of the recipient
     * @param port where the sender listens, 0 if nowhere
     * @param agent program and version, at most {@value ProtocolLimits#AGENT_CHARACTERS_MAX} characters
     */
    record Hello(Fingerprint ownCertificate, Fingerprint peerCertificate, int port, String agent)
            implements PeerMessage {}

    /** Asks for the part of the manifest that starts at an offset. */
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

    /** Chunks that the sender has verified since it last said. */
    record HaveMore(Key share, List<Integer> chunks) implements OfShare {
        public HaveMore {
            chunks = List.copyOf(chunks);
        }
    }

    /** Asks for whole chunks, in this order; each is answered once, by its bytes after {@link Chunks} or by {@link Reject}. */
    record Want(Key share, List<Integer> chunks) implements OfShare {
        public Want {
            chunks = List.copyOf(chunks);
        }
    }

    /** The bytes of these chunks follow, in this order. One signature for several, since a signature costs as much as 60 KiB of digests. */
    record Chunks(Key share, List<Integer> chunks) implements OfShare {
        public Chunks {
            chunks = List.copyOf(chunks);
        }
    }

    /**
     * A request will not be served.
     *
     * @param chunks which; empty if the whole share is meant
     */
    record Reject(Key share, List<Integer> chunks, Reason reason) implements OfShare {
        public Reject {
            chunks = List.copyOf(chunks);
        }
    }

    /** Takes back what was asked for and has not been sent. */
    record Cancel(Key share, List<Integer> chunks) implements OfShare {
        public Cancel {
            chunks = List.copyOf(chunks);
        }
    }

    /** Others who take part in a share, and where the sender met them. */
    record Peers(Key share, List<Contact> peers) implements OfShare {
        public Peers {
            peers = List.copyOf(peers);
        }
    }

    /** Asks where chunks can be had, by their own keys, whatever share they are of. */
    record Locate(List<Key> keys) implements PeerMessage {
        public Locate {
            keys = List.copyOf(keys);
        }
    }

    /** Where the sender has chunks it was asked for by {@link Locate}; what is not named it does not have. */
    record Located(List<Place> places) implements PeerMessage {
        public Located {
            places = List.copyOf(places);
        }
    }

    /**
     * Where a chunk can be had.
     *
     * @param key of the chunk: the SHA-1 of its bytes
     * @param share that the sender serves
     * @param chunk its number in that share
     * @param length in bytes
     */
    record Place(Key key, Key share, int chunk, int length) {}

    /** Why a request is not served. */
    enum Reason {
        /** The share is not here. */
        NOT_SHARED(1),
        /** These chunks are not here; without chunks: the manifest is not here yet. */
        NOT_HAD(2),
        /** The file is no longer what was shared. */
        CHANGED(3),
        /** Too much is asked for already. */
        BUSY(4),
        /** Taken back by {@link Cancel}. */
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
