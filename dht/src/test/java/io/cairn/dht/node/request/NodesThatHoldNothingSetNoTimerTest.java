package io.cairn.dht.node.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.kad.RoutingTable;
import io.cairn.dht.kad.record.RecordStore;
import io.cairn.dht.node.record.ManualLoop;
import io.cairn.dht.node.record.Republisher;
import io.cairn.dht.wire.DatagramCodec;
import io.cairn.dht.wire.NetworkId;
import io.cairn.dht.wire.RecordBatch;
import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.Statement;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NodesThatHoldNothingSetNoTimerTest {
    private static final long HOUR = 3_600_000;
    private static final Endpoint LAN = Endpoint.parse("192.168.1.7:4747");

    private final SplittableRandom random = new SplittableRandom(8);
    private final Identity self = Identity.generate(random);
    private final ManualLoop loop = new ManualLoop();
    private final KademliaLimits limits = KademliaLimits.defaults();
    private final Local local = new Local(
            self, NetworkId.ofName("test"), loop.environment(null), new DatagramCodec(self), limits, new Traffic());
    private final RoutingTable table = new RoutingTable(self.nodeId(), limits, 0);
    private final RecordStore records = new RecordStore(self.nodeId(), limits, random);
    private final Republisher republisher =
            new Republisher(local, table, records, new StoreWindow(new Requests(local), limits, new SeenAs(local)));

    @Test
    void alsoWhenNewcomersCome() {
        assertThat(loop.waiting()).isZero();
        republisher.newcomer(new Contact(NodeId.random(random), LAN));
        assertThat(loop.waiting()).isZero();
    }

    @Test
    void whoHoldsSomethingLooksRarelyAndOnceItHasExpiredNeverAgain() {
        store(40 * HOUR);
        store(3 * HOUR);
        assertThat(loop.waiting()).isEqualTo(1);
        loop.run(3 * HOUR + 60_000);
        assertThat(records.size()).isEqualTo(1);
        assertThat(loop.waiting()).isEqualTo(1);
        loop.run(40 * HOUR);
        assertThat(records.size()).isZero();
        assertThat(loop.waiting()).isZero();
    }

    private void store(long lifeMillis) {
        Identity publisher = Identity.generate(random);
        Statement statement = new Statement(
                RecordType.PROVIDER, publisher.publicKey(), new byte[7], 1, loop.wallMillis() + lifeMillis);
        records.store(
                RecordBatch.sign(publisher, statement, List.of(Key.random(random))),
                new Contact(publisher.nodeId(), LAN),
                loop.wallMillis());
    }
}
