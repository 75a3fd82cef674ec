package io.cairn.dht.wire;

import com.google.protobuf.ByteString;
import io.cairn.dht.crypto.PublicKey;
import io.cairn.dht.crypto.Signature;
import io.cairn.dht.id.Id160;
import io.cairn.dht.id.Key;
import io.cairn.dht.wire.proto.DhtMessage;
import java.util.ArrayList;
import java.util.List;

/** Converts between records or batches and their schema. Checks lengths before anything is copied, but not the signatures. */
final class RecordCodec {
    /** Longest proof: the depth of a tree over {@link RecordBatch#KEYS_MAX} keys. */
    private static final int PROOF_NODES_MAX = 6;

    private RecordCodec() {}

    static DhtMessage.Record encode(SignedRecord record) {
        return DhtMessage.Record.newBuilder()
                .setKey(ByteString.copyFrom(record.key().toBytes()))
                .setStatement(encode(record.statement()))
                .setIndex(record.index())
                .setBatchSize(record.batchSize())
                .setProof(join(record.proof()))
                .setSignature(ByteString.copyFrom(record.signature().toBytes()))
                .build();
    }

    static DhtMessage.Store encode(RecordBatch batch) {
        return DhtMessage.Store.newBuilder()
                .setStatement(encode(batch.statement()))
                .setKeys(join(batch.keys().stream().map(Key::toBytes).toList()))
                .setSignature(ByteString.copyFrom(batch.signature().toBytes()))
                .build();
    }

    static SignedRecord decode(DhtMessage.Record record) throws MalformedException {
        int batchSize = record.getBatchSize();
        int index = record.getIndex();
        if (batchSize < 1 || batchSize > RecordBatch.KEYS_MAX || index < 0 || index >= batchSize) {
            throw new MalformedException("place " + index + " in a batch of " + batchSize);
        }
        List<byte[]> proof = split(record.getProof(), MerkleTree.NODE_BYTES, PROOF_NODES_MAX, "proof");
        return new SignedRecord(
                key(record.getKey()),
                decode(record.getStatement()),
                index,
                batchSize,
                proof,
                signature(record.getSignature()));
    }

    static RecordBatch decode(DhtMessage.Store store) throws MalformedException {
        List<byte[]> packed = split(store.getKeys(), Id160.LENGTH_BYTES, RecordBatch.KEYS_MAX, "keys");
        List<Key> keys = packed.stream().map(Key::of).toList();
        try {
            return new RecordBatch(decode(store.getStatement()), keys, signature(store.getSignature()));
        } catch (IllegalArgumentException unsortedOrEmpty) {
            throw new MalformedException("not a batch: " + unsortedOrEmpty.getMessage(), unsortedOrEmpty);
        }
    }

    static Key key(ByteString bytes) throws MalformedException {
        return Key.of(exactly(bytes, Id160.LENGTH_BYTES, "key"));
    }

    /** The bytes, if they have the right length. */
    static byte[] exactly(ByteString bytes, int length, String what) throws MalformedException {
        if (bytes.size() != length) {
            throw new MalformedException(what + " has " + bytes.size() + " bytes, not " + length);
        }
        return bytes.toByteArray();
    }

    private static DhtMessage.Statement encode(Statement statement) {
        return DhtMessage.Statement.newBuilder()
                .setType(statement.type().number())
                .setPublisher(ByteString.copyFrom(statement.publisher().toBytes()))
                .setValue(ByteString.copyFrom(statement.value()))
                .setSequence(statement.sequence())
                .setExpiryMillis(statement.expiryMillis())
                .build();
    }

    private static Statement decode(DhtMessage.Statement statement) throws MalformedException {
        ByteString value = statement.getValue();
        if (value.size() > Statement.VALUE_BYTES_MAX) {
            throw new MalformedException("a value of " + value.size() + " bytes");
        }
        return new Statement(
                RecordType.ofNumber(statement.getType()),
                PublicKey.of(exactly(statement.getPublisher(), PublicKey.LENGTH_BYTES, "publisher")),
                value.toByteArray(),
                statement.getSequence(),
                statement.getExpiryMillis());
    }

    private static Signature signature(ByteString bytes) throws MalformedException {
        return Signature.of(exactly(bytes, Signature.LENGTH_BYTES, "signature"));
    }

    private static ByteString join(List<byte[]> parts) {
        ByteString.Output out = ByteString.newOutput(
                parts.stream().mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            out.write(part, 0, part.length);
        }
        return out.toByteString();
    }

    private static List<byte[]> split(ByteString joined, int length, int countMax, String what)
            throws MalformedException {
        if (joined.size() % length != 0 || joined.size() > countMax * length) {
            throw new MalformedException(what + " of " + joined.size() + " bytes");
        }
        List<byte[]> parts = new ArrayList<>(joined.size() / length);
        for (int at = 0; at < joined.size(); at += length) {
            parts.add(joined.substring(at, at + length).toByteArray());
        }
        return parts;
    }
}
