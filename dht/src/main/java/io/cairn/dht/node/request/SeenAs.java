package io.cairn.dht.node.request;

import io.cairn.dht.crypto.Signature;
import io.cairn.dht.id.AddressScope;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.wire.MalformedException;
import io.cairn.dht.wire.ProviderAddresses;
import io.cairn.dht.wire.RecordBatch;
import io.cairn.dht.wire.RecordPolicy;
import io.cairn.dht.wire.Statement;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The address at which each holder sees this node, where the node's records do not name it: behind a NAT, on a link, on one machine, or on
 * a network whose address was cut. Records sent to that holder, and to no other, name this address first. A holder that lies spoils only
 * the records it is given.
 */
public final class SeenAs {
    /** Most holders remembered; the least recently used are asked again. */
    private static final int HOLDERS_MAX = 1_024;

    /** A batch goes to several holders, which often see the same address and can then share one signature. */
    private static final int BATCHES_MAX = 32;

    /** Most bytes that one more endpoint takes. */
    private static final int ENDPOINT_BYTES_MAX = 19;

    private final Local local;
    private final Map<Endpoint, InetAddress> seen = new LinkedHashMap<>();
    private final Map<Wording, RecordBatch> worded = new LinkedHashMap<>();

    public SeenAs(Local local) {
        this.local = local;
    }

    /** How many keys fit a batch of this statement to any holder, including one that sees a different address. */
    public static int keysBeside(Statement statement) {
        int bytes = statement.value().length;
        return RecordBatch.keysBeside(
                namesAddresses(statement) && bytes > 0
                        ? Math.min(bytes + ENDPOINT_BYTES_MAX, Statement.VALUE_BYTES_MAX)
                        : bytes);
    }

    /** The batch as sent to a holder: unchanged, unless it is this node's own and the holder sees an address that it does not name. */
    RecordBatch worded(RecordBatch batch, Contact holder) {
        InetAddress address = seen.get(holder.endpoint());
        if (address == null || !isOwn(batch) || FirstHand.namesSource(batch.statement(), address)) {
            return batch;
        }
        Wording wording = new Wording(batch.signature(), address);
        RecordBatch other = worded.get(wording);
        if (other == null) {
            other = naming(address, batch);
            keep(worded, wording, other, BATCHES_MAX);
        }
        return other;
    }

    /**
     * Accepts the address at which a holder says it sees this node, if that holder can know it.
     *
     * @param observed null if the holder names none
     * @return whether batches for that holder change from now on
     */
    boolean learns(@Nullable Endpoint observed, RecordBatch batch, Contact holder) {
        if (observed == null
                || !isOwn(batch)
                || !AddressScope.isBelieved(
                        observed.address(), holder.endpoint().address())) {
            return false;
        }
        seen.remove(holder.endpoint());
        keep(seen, holder.endpoint(), observed.address(), HOLDERS_MAX);
        return !FirstHand.namesSource(batch.statement(), observed.address());
    }

    void forget() {
        seen.clear();
        worded.clear();
    }

    private boolean isOwn(RecordBatch batch) {
        return namesAddresses(batch.statement())
                && batch.statement().publisher().nodeId().equals(local.id());
    }

    private static boolean namesAddresses(Statement statement) {
        return RecordPolicy.of(statement.type()).source() == RecordPolicy.Source.NAMED;
    }

    private RecordBatch naming(InetAddress address, RecordBatch batch) {
        Statement said = batch.statement();
        try {
            List<Endpoint> named = ProviderAddresses.decode(said.value());
            List<Endpoint> endpoints = new ArrayList<>();
            endpoints.add(new Endpoint(address, named.get(0).port()));
            endpoints.addAll(named.subList(0, Math.min(named.size(), ProviderAddresses.ENDPOINTS_MAX - 1)));
            byte[] value = ProviderAddresses.encode(endpoints);
            if (batch.keys().size() > RecordBatch.keysBeside(value.length)) {
                return batch;
            }
            return RecordBatch.sign(
                    local.identity(),
                    new Statement(said.type(), said.publisher(), value, said.sequence(), said.expiryMillis()),
                    batch.keys());
        } catch (MalformedException impossible) {
            throw new IllegalStateException("this node's own record is malformed", impossible);
        }
    }

    private static <K, V> void keep(Map<K, V> map, K key, V value, int max) {
        if (map.size() >= max) {
            map.remove(map.keySet().iterator().next());
        }
        map.put(key, value);
    }

    /** A batch for holders that see one address. */
    private record Wording(Signature batch, InetAddress address) {}
}
