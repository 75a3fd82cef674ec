package io.cairn.dht.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.cairn.dht.id.Id160;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.proto.DhtMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Converts between messages and the payload of an envelope, as defined in {@code dht.proto}. Every count and length is checked before use.
 */
final class MessageCodec {
    private MessageCodec() {}

    /** A message and its token: a payload without padding. */
    record Payload(@Nullable Token token, Message message) {}

    /**
     * @throws IllegalArgumentException if a list is longer than the specification allows
     */
    static DhtMessage encode(@Nullable Token token, Message message) {
        DhtMessage.Builder out = DhtMessage.newBuilder();
        if (token != null) {
            out.setToken(ByteString.copyFrom(token.toBytes()));
        }
        message.match(new Encoding(out));
        return out.build();
    }

    /**
     * Splits a payload into its fields, without checking their content.
     *
     * @throws MalformedException if it is not a message
     */
    static DhtMessage parse(byte[] payload) throws MalformedException {
        try {
            return DhtMessage.parseFrom(payload);
        } catch (InvalidProtocolBufferException invalid) {
            throw new MalformedException("not a message: " + invalid.getMessage(), invalid);
        }
    }

    static Envelopes.Claim claim(DhtMessage in) throws MalformedException {
        boolean isResponse = switch (in.getKindCase()) {
            case PONG, NODES, VALUES, STORED, DIALLED_BACK, KNOCK -> true;
            case PING, FIND_NODE, FIND_VALUE, STORE, CACHE, DIAL_BACK -> false;
            case KIND_NOT_SET -> throw noKind();
        };
        return new Envelopes.Claim(isResponse, token(in));
    }

    static Payload decode(DhtMessage in) throws MalformedException {
        return new Payload(token(in), message(in));
    }

    private static @Nullable Token token(DhtMessage in) throws MalformedException {
        ByteString token = in.getToken();
        return token.isEmpty() ? null : Token.of(RecordCodec.exactly(token, Token.LENGTH_BYTES, "token"));
    }

    private static MalformedException noKind() {
        return new MalformedException("unknown kind of message");
    }

    private static Message message(DhtMessage in) throws MalformedException {
        return switch (in.getKindCase()) {
            case PING -> new Message.Ping();
            case PONG ->
                new Message.Pong(PackedContacts.unpackEndpoint(in.getPong().getObserved()));
            case FIND_NODE ->
                new Message.FindNode(RecordCodec.key(in.getFindNode().getTarget()));
            case NODES -> new Message.Nodes(PackedContacts.unpack(in.getNodes().getContacts()));
            case FIND_VALUE -> decode(in.getFindValue());
            case VALUES -> decode(in.getValues());
            case STORE -> new Message.Store(RecordCodec.decode(in.getStore()));
            case CACHE -> decode(in.getCache());
            case STORED -> decode(in.getStored());
            case DIAL_BACK -> decode(in.getDialBack());
            case DIALLED_BACK -> decode(in.getDialledBack());
            case KNOCK -> new Message.Knock();
            case KIND_NOT_SET -> throw noKind();
        };
    }

    private static Message.FindValue decode(DhtMessage.FindValue find) throws MalformedException {
        ByteString after = find.getAfter();
        return new Message.FindValue(
                RecordCodec.key(find.getKey()),
                RecordType.ofNumber(find.getType()),
                after.isEmpty() ? null : NodeId.of(RecordCodec.exactly(after, Id160.LENGTH_BYTES, "after")));
    }

    private static DhtMessage.Values encode(Message.Values values) {
        checkCount(values.records(), WireSizes.RECORDS_MAX);
        checkCount(values.closest(), WireSizes.CONTACTS_MAX);
        if (values.recordsHeld() < values.records().size()) {
            throw new IllegalArgumentException("more records named than held");
        }
        return DhtMessage.Values.newBuilder()
                .addAllRecords(
                        values.records().stream().map(RecordCodec::encode).toList())
                .setRecordsHeld(values.recordsHeld())
                .setContacts(PackedContacts.pack(values.closest()))
                .build();
    }

    private static Message.Values decode(DhtMessage.Values values) throws MalformedException {
        int count = values.getRecordsCount();
        if (count > WireSizes.RECORDS_MAX || values.getRecordsHeld() < count) {
            throw new MalformedException(count + " records of " + values.getRecordsHeld());
        }
        return new Message.Values(
                decode(values.getRecordsList()), values.getRecordsHeld(), PackedContacts.unpack(values.getContacts()));
    }

    private static DhtMessage.Cache encode(Message.Cache cache) {
        checkCount(cache.records(), WireSizes.CACHED_RECORDS_MAX);
        return DhtMessage.Cache.newBuilder()
                .addAllRecords(cache.records().stream().map(RecordCodec::encode).toList())
                .build();
    }

    private static Message.Cache decode(DhtMessage.Cache cache) throws MalformedException {
        int count = cache.getRecordsCount();
        if (count < 1 || count > WireSizes.CACHED_RECORDS_MAX) {
            throw new MalformedException(count + " records to cache");
        }
        return new Message.Cache(decode(cache.getRecordsList()));
    }

    private static List<SignedRecord> decode(List<DhtMessage.Record> encoded) throws MalformedException {
        List<SignedRecord> records = new ArrayList<>(encoded.size());
        for (DhtMessage.Record record : encoded) {
            records.add(RecordCodec.decode(record));
        }
        return records;
    }

    private static Message.Stored decode(DhtMessage.Stored stored) throws MalformedException {
        int accepted = stored.getAccepted();
        if (accepted < 0 || accepted > RecordBatch.KEYS_MAX) {
            throw new MalformedException("accepted " + accepted);
        }
        return new Message.Stored(
                accepted,
                Message.Refusal.ofNumber(stored.getRefusal()),
                stored.getObserved().isEmpty() ? null : PackedContacts.unpackEndpoint(stored.getObserved()));
    }

    private static Message.DialBack decode(DhtMessage.DialBack dialBack) throws MalformedException {
        int port = dialBack.getPort();
        if (port < 1 || port > 65_535 || dialBack.getNonce() == 0) {
            throw new MalformedException("port " + port + " and nonce " + dialBack.getNonce());
        }
        return new Message.DialBack(port, dialBack.getNonce());
    }

    private static Message.DialledBack decode(DhtMessage.DialledBack dialled) throws MalformedException {
        return new Message.DialledBack(
                Message.Refusal.ofNumber(dialled.getRefusal()), PackedContacts.unpackEndpoint(dialled.getObserved()));
    }

    private static void checkCount(List<?> list, int countMax) {
        if (list.size() > countMax) {
            throw new IllegalArgumentException("at most " + countMax + " fit the specification, not " + list.size());
        }
    }

    /** Writes a message into the payload under construction. */
    private record Encoding(DhtMessage.Builder out) implements Message.Cases<DhtMessage.Builder> {
        @Override
        public DhtMessage.Builder ping(Message.Ping ping) {
            return out.setPing(DhtMessage.Ping.getDefaultInstance());
        }

        @Override
        public DhtMessage.Builder pong(Message.Pong pong) {
            return out.setPong(DhtMessage.Pong.newBuilder().setObserved(PackedContacts.pack(pong.observed())));
        }

        @Override
        public DhtMessage.Builder findNode(Message.FindNode find) {
            return out.setFindNode(DhtMessage.FindNode.newBuilder()
                    .setTarget(ByteString.copyFrom(find.target().toBytes())));
        }

        @Override
        public DhtMessage.Builder nodes(Message.Nodes nodes) {
            checkCount(nodes.closest(), WireSizes.CONTACTS_MAX);
            return out.setNodes(DhtMessage.Nodes.newBuilder().setContacts(PackedContacts.pack(nodes.closest())));
        }

        @Override
        public DhtMessage.Builder findValue(Message.FindValue find) {
            DhtMessage.FindValue.Builder question = DhtMessage.FindValue.newBuilder()
                    .setKey(ByteString.copyFrom(find.key().toBytes()))
                    .setType(find.type().number());
            if (find.after() != null) {
                question.setAfter(ByteString.copyFrom(find.after().toBytes()));
            }
            return out.setFindValue(question);
        }

        @Override
        public DhtMessage.Builder values(Message.Values values) {
            return out.setValues(encode(values));
        }

        @Override
        public DhtMessage.Builder store(Message.Store store) {
            return out.setStore(RecordCodec.encode(store.batch()));
        }

        @Override
        public DhtMessage.Builder cache(Message.Cache cache) {
            return out.setCache(encode(cache));
        }

        @Override
        public DhtMessage.Builder stored(Message.Stored stored) {
            DhtMessage.Stored.Builder answer = DhtMessage.Stored.newBuilder()
                    .setAccepted(stored.accepted())
                    .setRefusal(stored.refusal().number());
            if (stored.observed() != null) {
                answer.setObserved(PackedContacts.pack(stored.observed()));
            }
            return out.setStored(answer);
        }

        @Override
        public DhtMessage.Builder dialBack(Message.DialBack dialBack) {
            return out.setDialBack(
                    DhtMessage.DialBack.newBuilder().setPort(dialBack.port()).setNonce(dialBack.nonce()));
        }

        @Override
        public DhtMessage.Builder dialledBack(Message.DialledBack dialled) {
            return out.setDialledBack(DhtMessage.DialledBack.newBuilder()
                    .setRefusal(dialled.refusal().number())
                    .setObserved(PackedContacts.pack(dialled.observed())));
        }

        @Override
        public DhtMessage.Builder knock(Message.Knock knock) {
            return out.setKnock(DhtMessage.Knock.getDefaultInstance());
        }
    }
}
