package io.cairn.dht.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.cairn.dht.id.Endpoint;

/**
 * A batch as saved between two runs of a node: {@code journal.proto}.
 *
 * @param from the node that sent it, for the quotas
 */
public record SavedBatch(RecordBatch batch, Endpoint from) {
    public byte[] toBytes() {
        return io.cairn.dht.wire.proto.SavedBatch.newBuilder()
                .setFrom(PackedContacts.pack(from))
                .setStore(RecordCodec.encode(batch))
                .build()
                .toByteArray();
    }

    /**
     * @throws MalformedException if the bytes are damaged; the signature is not checked
     */
    public static SavedBatch of(byte[] bytes) throws MalformedException {
        try {
            var saved = io.cairn.dht.wire.proto.SavedBatch.parseFrom(bytes);
            return new SavedBatch(RecordCodec.decode(saved.getStore()), PackedContacts.unpackEndpoint(saved.getFrom()));
        } catch (InvalidProtocolBufferException invalid) {
            throw new MalformedException("not a saved batch: " + invalid.getMessage(), invalid);
        }
    }
}
