package io.cairn.transfer.protocol;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.cairn.dht.crypto.NetworkKeys;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.MalformedException;
import io.cairn.dht.wire.ProviderAddresses;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.ShareSecret;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Converts between peer messages and bytes. Every length and number is checked against {@link ProtocolLimits} before use. */
public final class PeerMessageCodec {
    private PeerMessageCodec() {}

    /** Encodes a message. */
    public static byte[] encode(PeerMessage message) {
        var encoded = io.cairn.transfer.protocol.proto.PeerMessage.newBuilder();
        if (message instanceof PeerMessage.Hello m) {
            encoded.getHelloBuilder()
                    .setOwnCertificate(ByteString.copyFrom(m.ownCertificate().toBytes()))
                    .setPeerCertificate(ByteString.copyFrom(m.peerCertificate().toBytes()))
                    .setPort(m.port())
                    .setAgent(m.agent())
                    .addAllNetworkProofs(m.proofs().stream()
                            .map(proof -> ByteString.copyFrom(proof.toBytes()))
                            .toList());
        } else if (message instanceof PeerMessage.ManifestRequest m) {
            encoded.getManifestRequestBuilder().setShare(bytes(m)).setOffset(m.offset());
        } else if (message instanceof PeerMessage.ManifestPart m) {
            encoded.getManifestPartBuilder()
                    .setShare(bytes(m))
                    .setOffset(m.offset())
                    .setTotal((int) m.total())
                    .setPart(ByteString.copyFrom(m.part()));
        } else if (message instanceof PeerMessage.Have m) {
            encoded.getHaveBuilder()
                    .setShare(bytes(m))
                    .setChunkCount(m.chunks().chunkCount())
                    .setBitfield(ByteString.copyFrom(m.chunks().toBytes()));
        } else if (message instanceof PeerMessage.HaveMore m) {
            encoded.getHaveMoreBuilder().setShare(bytes(m)).addAllChunks(m.chunks());
        } else if (message instanceof PeerMessage.Want m) {
            encoded.getWantBuilder().setShare(bytes(m)).addAllChunks(m.chunks());
        } else if (message instanceof PeerMessage.Chunks m) {
            encoded.getChunksBuilder().setShare(bytes(m)).addAllChunks(m.chunks());
        } else if (message instanceof PeerMessage.Reject m) {
            encoded.getRejectBuilder()
                    .setShare(bytes(m))
                    .addAllChunks(m.chunks())
                    .setReasonValue(m.reason().number());
        } else if (message instanceof PeerMessage.Cancel m) {
            encoded.getCancelBuilder().setShare(bytes(m)).addAllChunks(m.chunks());
        } else if (message instanceof PeerMessage.Peers m) {
            encodePeers(m, encoded.getPeersBuilder());
        } else if (message instanceof PeerMessage.Locate m) {
            m.keys().forEach(key -> encoded.getLocateBuilder().addKeys(bytes(key)));
        } else if (message instanceof PeerMessage.Located m) {
            encodePlaces(m, encoded.getLocatedBuilder());
        } else if (message instanceof PeerMessage.DialBack) {
            encoded.getDialBackBuilder();
        } else if (message instanceof PeerMessage.DialledBack m) {
            encoded.getDialledBackBuilder().setEndValue(m.end().number());
        } else if (message instanceof PeerMessage.Ask m) {
            encoded.getAskBuilder()
                    .setNumber(m.number())
                    .setTopicValue(m.topic() == null ? 0 : m.topic().number())
                    .setBody(ByteString.copyFrom(m.body()));
        } else if (message instanceof PeerMessage.Answer m) {
            byte[] body = m.body();
            encoded.getAnswerBuilder()
                    .setNumber(m.number())
                    .setRefused(body == null)
                    .setBody(body == null ? ByteString.EMPTY : ByteString.copyFrom(body));
        } else if (message instanceof PeerMessage.Prove m) {
            encoded.getProveBuilder().setShare(bytes(m)).setProof(ByteString.copyFrom(m.proof()));
        } else {
            throw new IllegalArgumentException("no encoding for " + message);
        }
        return encoded.build().toByteArray();
    }

    /**
     * Decodes a message.
     *
     * @throws MalformedException if the bytes are not a message, or exceed a limit
     */
    public static PeerMessage decode(byte[] bytes) throws MalformedException {
        try {
            return message(io.cairn.transfer.protocol.proto.PeerMessage.parseFrom(bytes));
        } catch (InvalidProtocolBufferException | IllegalArgumentException invalid) {
            throw new MalformedException("not a peer message: " + invalid.getMessage(), invalid);
        }
    }

    private static PeerMessage message(io.cairn.transfer.protocol.proto.PeerMessage encoded) throws MalformedException {
        return switch (encoded.getKindCase()) {
            case HELLO -> hello(encoded.getHello());
            case MANIFEST_REQUEST -> {
                var m = encoded.getManifestRequest();
                yield new PeerMessage.ManifestRequest(
                        share(m.getShare()), within(m.getOffset(), 0, ProtocolLimits.MANIFEST_BYTES_MAX - 1));
            }
            case MANIFEST_PART -> manifestPart(encoded.getManifestPart());
            case HAVE -> {
                var m = encoded.getHave();
                int chunkCount = within(m.getChunkCount(), 0, ProtocolLimits.CHUNK_COUNT_MAX);
                yield new PeerMessage.Have(
                        share(m.getShare()), ChunkSet.fromBytes(m.getBitfield().toByteArray(), chunkCount));
            }
            case HAVE_MORE -> {
                var m = encoded.getHaveMore();
                yield new PeerMessage.HaveMore(share(m.getShare()), chunks(m.getChunksList(), 1));
            }
            case WANT -> {
                var m = encoded.getWant();
                yield new PeerMessage.Want(share(m.getShare()), chunks(m.getChunksList(), 1));
            }
            case CHUNKS -> {
                var m = encoded.getChunks();
                yield new PeerMessage.Chunks(share(m.getShare()), chunks(m.getChunksList(), 1));
            }
            case REJECT -> {
                var m = encoded.getReject();
                yield new PeerMessage.Reject(
                        share(m.getShare()), chunks(m.getChunksList(), 0), reason(m.getReasonValue()));
            }
            case CANCEL -> {
                var m = encoded.getCancel();
                yield new PeerMessage.Cancel(share(m.getShare()), chunks(m.getChunksList(), 1));
            }
            case PEERS -> peers(encoded.getPeers());
            case LOCATE -> {
                within(encoded.getLocate().getKeysCount(), 1, ProtocolLimits.KEYS_PER_MESSAGE_MAX);
                yield new PeerMessage.Locate(encoded.getLocate().getKeysList().stream()
                        .map(PeerMessageCodec::share)
                        .toList());
            }
            case LOCATED -> located(encoded.getLocated());
            case DIAL_BACK -> new PeerMessage.DialBack();
            case DIALLED_BACK ->
                new PeerMessage.DialledBack(dialEnd(encoded.getDialledBack().getEndValue()));
            case ASK -> {
                var m = encoded.getAsk();
                yield new PeerMessage.Ask(m.getNumber(), topic(m.getTopicValue()), body(m.getBody()));
            }
            case ANSWER -> {
                var m = encoded.getAnswer();
                yield new PeerMessage.Answer(m.getNumber(), m.getRefused() ? null : body(m.getBody()));
            }
            case PROVE -> {
                var m = encoded.getProve();
                within(m.getProof().size(), ShareSecret.PROOF_BYTES, ShareSecret.PROOF_BYTES);
                yield new PeerMessage.Prove(share(m.getShare()), m.getProof().toByteArray());
            }
            case KIND_NOT_SET -> throw new MalformedException("a peer message of no kind");
        };
    }

    private static PeerMessage hello(io.cairn.transfer.protocol.proto.Hello m) throws MalformedException {
        if (m.getAgent().length() > ProtocolLimits.AGENT_CHARACTERS_MAX) {
            throw new MalformedException("an agent of " + m.getAgent().length() + " characters");
        }
        within(m.getNetworkProofsCount(), 0, NetworkKeys.KEYS_MAX);
        return new PeerMessage.Hello(
                Fingerprint.of(m.getOwnCertificate().toByteArray()),
                Fingerprint.of(m.getPeerCertificate().toByteArray()),
                within(m.getPort(), 0, 65_535),
                m.getAgent(),
                m.getNetworkProofsList().stream()
                        .map(proof -> NetworkProof.of(proof.toByteArray()))
                        .toList());
    }

    private static PeerMessage manifestPart(io.cairn.transfer.protocol.proto.ManifestPart m) throws MalformedException {
        long total = Integer.toUnsignedLong(m.getTotal()); // the fetch reports one that is too long to the user
        int offset = within(m.getOffset(), 0, ProtocolLimits.MANIFEST_BYTES_MAX - 1);
        within(m.getPart().size(), 1, (int) Math.min(ProtocolLimits.MANIFEST_PART_BYTES_MAX, total - offset));
        return new PeerMessage.ManifestPart(
                share(m.getShare()), offset, total, m.getPart().toByteArray());
    }

    private static void encodePeers(PeerMessage.Peers message, io.cairn.transfer.protocol.proto.Peers.Builder encoded) {
        encoded.setShare(bytes(message));
        for (Contact peer : message.peers()) {
            encoded.addPeersBuilder()
                    .setNode(ByteString.copyFrom(peer.id().toBytes()))
                    .setEndpoint(ByteString.copyFrom(ProviderAddresses.encode(List.of(peer.endpoint()))));
        }
    }

    private static PeerMessage peers(io.cairn.transfer.protocol.proto.Peers m) throws MalformedException {
        within(m.getPeersCount(), 1, ProtocolLimits.PEERS_PER_MESSAGE_MAX);
        List<Contact> peers = new ArrayList<>();
        for (io.cairn.transfer.protocol.proto.Peers.Peer peer : m.getPeersList()) {
            List<Endpoint> endpoints =
                    ProviderAddresses.decode(peer.getEndpoint().toByteArray());
            within(endpoints.size(), 1, 1);
            peers.add(new Contact(NodeId.of(peer.getNode().toByteArray()), endpoints.get(0)));
        }
        return new PeerMessage.Peers(share(m.getShare()), peers);
    }

    private static void encodePlaces(
            PeerMessage.Located message, io.cairn.transfer.protocol.proto.Located.Builder encoded) {
        for (PeerMessage.Place place : message.places()) {
            encoded.addPlacesBuilder()
                    .setKey(bytes(place.key()))
                    .setShare(bytes(place.share()))
                    .setChunk(place.chunk())
                    .setLength(place.length());
        }
    }

    private static PeerMessage located(io.cairn.transfer.protocol.proto.Located m) throws MalformedException {
        within(m.getPlacesCount(), 0, ProtocolLimits.KEYS_PER_MESSAGE_MAX);
        List<PeerMessage.Place> places = new ArrayList<>();
        for (io.cairn.transfer.protocol.proto.Located.Place place : m.getPlacesList()) {
            places.add(new PeerMessage.Place(
                    share(place.getKey()),
                    share(place.getShare()),
                    within(place.getChunk(), 0, ProtocolLimits.CHUNK_COUNT_MAX - 1),
                    within(place.getLength(), 1, ProtocolLimits.CHUNK_BYTES_MAX)));
        }
        return new PeerMessage.Located(places);
    }

    private static List<Integer> chunks(List<Integer> chunks, int countMin) throws MalformedException {
        within(chunks.size(), countMin, ProtocolLimits.CHUNKS_PER_MESSAGE_MAX);
        for (int chunk : chunks) {
            within(chunk, 0, ProtocolLimits.CHUNK_COUNT_MAX - 1);
        }
        return chunks;
    }

    private static PeerMessage.Reason reason(int number) throws MalformedException {
        for (PeerMessage.Reason reason : PeerMessage.Reason.values()) {
            if (reason.number() == number) {
                return reason;
            }
        }
        throw new MalformedException("no reason " + number);
    }

    private static PeerMessage.DialEnd dialEnd(int number) throws MalformedException {
        for (PeerMessage.DialEnd end : PeerMessage.DialEnd.values()) {
            if (end.number() == number) {
                return end;
            }
        }
        throw new MalformedException("no end of a dial " + number);
    }

    private static PeerMessage.@Nullable Topic topic(int number) {
        for (PeerMessage.Topic topic : PeerMessage.Topic.values()) {
            if (topic.number() == number) {
                return topic;
            }
        }
        return null; // of a later version; the question gets a refusal
    }

    private static byte[] body(ByteString body) throws MalformedException {
        within(body.size(), 0, ProtocolLimits.TALK_BYTES_MAX);
        return body.toByteArray();
    }

    private static int within(int value, int min, int max) throws MalformedException {
        if (value < min || value > max) {
            throw new MalformedException(Integer.toUnsignedString(value) + " is not between " + min + " and " + max);
        }
        return value;
    }

    private static Key share(ByteString bytes) {
        return Key.of(bytes.toByteArray());
    }

    private static ByteString bytes(PeerMessage.OfShare message) {
        return bytes(message.share());
    }

    private static ByteString bytes(Key key) {
        return ByteString.copyFrom(key.toBytes());
    }
}
