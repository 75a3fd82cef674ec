package io.cairn.dht.node.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.crypto.Signature;
import io.cairn.dht.env.RecordJournal;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.kad.record.RecordStore;
import io.cairn.dht.node.request.Local;
import io.cairn.dht.node.request.Traffic;
import io.cairn.dht.wire.DatagramCodec;
import io.cairn.dht.wire.NetworkId;
import io.cairn.dht.wire.RecordBatch;
import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.SavedBatch;
import io.cairn.dht.wire.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HeldRecordsOutliveARestartTest {
    private static final long HOUR = 3_600_000;
    private static final Endpoint LAN = Endpoint.parse("192.168.1.7:4747");

    private final SplittableRandom random = new SplittableRandom(3);
    private final Identity self = Identity.generate(random);
    private final Identity publisher = Identity.generate(random);
    private final ManualLoop loop = new ManualLoop();
    private final MemoryJournal journal = new MemoryJournal();
    private Run run = new Run();

    /** The state of a node between its start and its end. */
    private final class Run {
        final RecordStore records = new RecordStore(self.nodeId(), KademliaLimits.defaults(), random);
        final RecordKeeping keeping = RecordKeeping.start(local(), records);
    }

    @Test
    void aCleanStopLosesNothing() {
        List<RecordBatch> batches = store(20);
        stop();
        start();

        assertThat(names(run.records.batches())).isEqualTo(names(batches));
        Key key = batches.get(7).keys().get(1);
        assertThat(run.records.find(key, RecordType.PROVIDER, 8, loop.wallMillis(), random))
                .singleElement()
                .matches(record -> record.isSignedByPublisher());
        assertThat(run.keeping.statistics().unsaved())
                .as("is not written again")
                .isZero();
    }

    @Test
    void workersThatTakeNothingAtFirstLoseNothing() {
        List<RecordBatch> batches = store(20);
        stop();
        loop.refuse(30);
        start();
        loop.run(10_000);

        assertThat(names(run.records.batches())).isEqualTo(names(batches));
    }

    @Test
    void aCrashLosesNoMoreThanTheLastSecond() {
        List<RecordBatch> early = store(20);
        loop.run(1_000);
        store(5);
        loop.run(999);
        crash();
        start();

        assertThat(names(run.records.batches())).isEqualTo(names(early));
    }

    @Test
    void aCrashLosesNoMoreThanTheLastThousand() {
        store(999);
        loop.settle();
        assertThat(journal.entries).isEmpty();
        store(1 + 999);
        loop.settle();
        crash();
        start();

        assertThat(run.records.batches()).hasSize(1_000);
    }

    @Test
    void whatIsReplacedOrExpiredDoesNotComeBack() {
        RecordBatch given = batch(1, 7, HOUR);
        RecordBatch withdrawn = RecordBatch.sign(publisher, statement(2, 0, HOUR), given.keys());
        RecordBatch shortLived = batch(1, 7, 5_000);
        store(given);
        store(shortLived);
        loop.run(2_000);
        store(withdrawn);
        stop();
        loop.run(10_000);
        start();

        assertThat(names(run.records.batches())).containsExactly(RecordSaver.nameOf(withdrawn));
        stop();
        assertThat(journal.entries).hasSize(1);
    }

    @Test
    void whatIsDamagedOrForgedIsPassedOverCountedAndRemoved() {
        List<RecordBatch> batches = store(6);
        stop();
        List<String> names = new ArrayList<>(journal.entries.keySet());
        damage(names.get(0), new byte[0]);
        damage(names.get(1), new byte[] {1, 2, 3, 4, 5});
        damage(names.get(2), List.copyOf(journal.entries.values()).get(3).content());
        RecordBatch forged = forged();
        String name = RecordSaver.nameOf(forged);
        damage(name, new SavedBatch(forged, LAN).toBytes());
        start();

        assertThat(names(run.records.batches())).hasSize(3).isSubsetOf(names(batches));
        assertThat(run.keeping.statistics().unreadable()).isEqualTo(4);
        stop();
        assertThat(journal.entries.keySet()).containsExactlyElementsOf(names.subList(3, 6));
    }

    @Test
    void aFullDiskIsCountedAndTriedAgainEverMoreRarelyWhileTheNodeGoesOn() {
        journal.isFull = true;
        start();
        List<RecordBatch> batches = store(3);
        int written = 4; // each in a millisecond
        loop.run(1_000 + 1_000 + 2_000 + 4_000 + written);
        assertThat(journal.writes).isEqualTo(4);
        store(1_500);
        loop.run(8_000 + 1);
        assertThat(journal.writes).as("also with a thousand waiting").isEqualTo(5);
        assertThat(run.keeping.statistics().saveFailures()).isEqualTo(6);
        assertThat(run.keeping.statistics().unsaved()).isEqualTo(1_503);
        assertThat(run.records.batches()).hasSize(1_503).containsAll(batches);

        journal.isFull = false;
        loop.run(64_000);
        assertThat(journal.entries).hasSize(1_503);
        assertThat(run.keeping.statistics().unsaved()).isZero();
    }

    @Test
    void aStopDoesNotWaitForADiskThatTakesNothing() {
        store(3);
        journal.isFull = true;

        assertThat(stop()).isTrue();
    }

    @Test
    void whatWaitsForTheDiskIsBounded() {
        journal.isFull = true;
        RecordSaver saver = new RecordSaver(local(), journal);
        for (int i = 0; i < 100_500; i++) {
            saver.dropped("entry " + i);
        }
        assertThat(saver.unsaved()).isLessThanOrEqualTo(101_000);
        assertThat(saver.skipped() + saver.unsaved()).isEqualTo(100_500);
    }

    @Test
    void manyAreTakenUpPageByPage() {
        store(1_300);
        stop();
        start();

        assertThat(run.records.batches()).hasSize(1_300);
    }

    @Test
    void whatTheQuotasDoNotAllowAnyMoreIsRemoved() {
        store(30);
        stop();
        KademliaLimits less = KademliaLimits.defaults()
                .withRecords(new KademliaLimits.Records(
                        20, 1 << 20, 20, 20, 20, 48 * HOUR, HOUR, Set.of(RecordType.PROVIDER)));
        RecordStore small = new RecordStore(self.nodeId(), less, random);
        RecordKeeping keeping = RecordKeeping.start(local(), small);
        loop.settle();
        keeping.saved();
        loop.settle();

        assertThat(small.size()).isBetween(18, 20);
        assertThat(journal.entries).hasSize(small.batches().size());
    }

    @Test
    void whatComesWhileTheJournalIsReadIsKeptToo() {
        List<RecordBatch> batches = store(10);
        stop();
        run = new Run();
        store(batches.get(3));
        RecordBatch fresh = batch(1, 7, HOUR);
        store(fresh);
        loop.run(2_000);

        assertThat(run.records.batches()).hasSize(11);
        assertThat(journal.entries).hasSize(11).containsKey(RecordSaver.nameOf(fresh));
    }

    private void start() {
        run = new Run();
        loop.settle();
    }

    private boolean stop() {
        boolean isDone;
        var saved = run.keeping.saved().toCompletableFuture();
        loop.settle();
        isDone = saved.isDone();
        crash();
        return isDone;
    }

    private void crash() {
        run.keeping.close();
    }

    private List<RecordBatch> store(int count) {
        List<RecordBatch> batches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RecordBatch batch = batch(1, 7, HOUR);
            store(batch);
            batches.add(batch);
        }
        return batches;
    }

    private void store(RecordBatch batch) {
        assertThat(run.records
                        .store(batch, new Contact(batch.statement().publisher().nodeId(), LAN), loop.wallMillis())
                        .accepted())
                .isEqualTo(batch.keys().size());
    }

    private RecordBatch batch(long sequence, int valueBytes, long lifeMillis) {
        List<Key> keys = List.of(Key.random(random), Key.random(random));
        return RecordBatch.sign(publisher, statement(sequence, valueBytes, lifeMillis), keys);
    }

    private Statement statement(long sequence, int valueBytes, long lifeMillis) {
        return new Statement(
                RecordType.PROVIDER,
                publisher.publicKey(),
                new byte[valueBytes],
                sequence,
                loop.wallMillis() + lifeMillis);
    }

    private RecordBatch forged() {
        RecordBatch real = batch(1, 7, HOUR);
        byte[] signature = real.signature().toBytes();
        signature[9] ^= 1;
        return new RecordBatch(real.statement(), real.keys(), Signature.of(signature));
    }

    private static Set<String> names(List<RecordBatch> batches) {
        return batches.stream().map(RecordSaver::nameOf).collect(Collectors.toSet());
    }

    private void damage(String name, byte[] content) {
        journal.entries.put(name, new RecordJournal.Entry(name, loop.wallMillis() + HOUR, content));
    }

    private Local local() {
        return new Local(
                self,
                NetworkId.ofName("test"),
                loop.environment(journal),
                new DatagramCodec(self),
                KademliaLimits.defaults(),
                new Traffic());
    }
}
