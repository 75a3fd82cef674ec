package io.cairn.transfer.swarm.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.net.NodeLoop;
import io.cairn.dht.net.SystemClock;
import io.cairn.dht.trace.TraceContext;
import io.cairn.dht.wire.NetworkId;
import io.cairn.testing.PolledCondition;
import io.cairn.transfer.content.ShareSecret;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.TestManifests;
import io.cairn.transfer.net.TransferNetwork;
import io.cairn.transfer.net.admission.TransferLimits;
import io.cairn.transfer.net.session.TransferConfig;
import io.cairn.transfer.net.tls.RunTls;
import io.cairn.transfer.protocol.ProtocolLimits;
import io.cairn.transfer.swarm.port.Said.ManifestRequested;
import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.commons.codec.binary.Hex;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the swarm may rely on, for sessions over TCP and for those of its tests: one contract for both. */
@Timeout(60)
class SessionsKeepTheirContractTest {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int CHUNKS = 12;

    @Nested
    class OverTcp extends Contract {
        private final NodeLoop loop = NodeLoop.start();
        private final List<TransferNetwork> networks = new ArrayList<>();

        @AfterEach
        void close() {
            networks.forEach(TransferNetwork::close);
            loop.close();
        }

        @Override
        PeerConnections open(Identity identity) throws IOException {
            SystemClock clock = new SystemClock();
            TransferNetwork network = TransferNetwork.open(
                    new TransferConfig(
                            identity,
                            NetworkId.ofName("test"),
                            List.of(InetAddress.getLoopbackAddress()),
                            0,
                            "test",
                            TransferLimits.DEFAULT),
                    RunTls.prepare(clock, loop),
                    clock,
                    loop);
            networks.add(network);
            return network;
        }

        @Override
        Endpoint endpoint(PeerConnections of) {
            return new Endpoint(InetAddress.getLoopbackAddress(), ((TransferNetwork) of).port());
        }

        @Override
        Scheduler loop() {
            return loop;
        }

        @Override
        void awaits(BooleanSupplier condition) throws Exception {
            PolledCondition.await(loop::schedule, condition);
        }
    }

    @Nested
    class InMemory extends Contract {
        private final VirtualTime time = new VirtualTime();
        private final MemoryNetwork network = new MemoryNetwork(time);
        private int port = 5_000;

        @Override
        PeerConnections open(Identity identity) {
            return network.node(identity.nodeId(), Endpoint.parse("10.0.0.1:" + port++));
        }

        @Override
        Endpoint endpoint(PeerConnections of) {
            return ((MemoryNetwork.Node) of).endpoint();
        }

        @Override
        Scheduler loop() {
            return time;
        }

        @Override
        void awaits(BooleanSupplier condition) {
            assertThat(time.runUntil(condition, 60_000)).isTrue();
        }
    }

    abstract static class Contract {
        private final Identity one = Identity.generate(new SecureRandom());
        private final Identity two = Identity.generate(new SecureRandom());
        private final byte[] bytes = new byte[CHUNKS * CHUNK_BYTES];
        private final Manifest manifest;

        Contract() {
            new Random(1).nextBytes(bytes);
            manifest = TestManifests.of("f", bytes, CHUNK_BYTES);
        }

        abstract PeerConnections open(Identity identity) throws IOException;

        abstract Endpoint endpoint(PeerConnections of);

        abstract Scheduler loop();

        abstract void awaits(BooleanSupplier condition) throws Exception;

        @Test
        void bothSidesLearnOfASessionOnceAndWhoTheOtherIs() throws Exception {
            Session session = session();
            assertThat(session.dialled.connection().peer()).isEqualTo(PeerId.of(two.nodeId()));
            assertThat(session.accepted.connection().peer()).isEqualTo(PeerId.of(one.nodeId()));
            assertThat(session.dialled.connection().isDialled()).isTrue();
            assertThat(session.accepted.connection().isDialled()).isFalse();
            assertThat(session.dialled.connections).hasSize(1);
        }

        @Test
        void aPeerThatIsNotWhoWasExpectedIsToldAsOneFailure() throws Exception {
            PeerConnections dialling = open(one);
            PeerConnections listening = open(two);
            listening.accept(connection -> connection.receive(new Ear()));
            Ear ear = new Ear();
            dialling.dial(endpoint(listening), PeerId.of(one.nodeId()), ear);
            awaits(() -> !ear.failures.isEmpty());
            assertThat(ear.failures).singleElement().matches(failure -> failure.kind() == DialFailure.Kind.NOT_GREETED);
            assertThat(ear.connections).isEmpty();
        }

        @Test
        void whatIsSentArrivesInOrder() throws Exception {
            Session session = session();
            List<Said> sent = new ArrayList<>();
            loop().execute(() -> IntStream.range(0, 300).forEach(i -> {
                sent.add(new ManifestRequested(manifest.hash(), i));
                session.dialled.connection().requestManifest(manifest.hash(), i);
            }));
            awaits(() -> session.accepted.heard.size() == 300);
            assertThat(session.accepted.heard).isEqualTo(sent);
        }

        @Test
        void onlyTheRequestsOfATracedShareCarryItsTrace() throws Exception {
            Session session = session();
            TraceContext trace = new TraceContext(1, 2, 3);
            Key other = Key.ofContent(new byte[1]);
            loop().execute(() -> {
                PeerConnection connection = session.dialled.connection();
                connection.requestManifest(manifest.hash(), 0);
                connection.trace(manifest.hash(), trace);
                connection.requestManifest(manifest.hash(), 1);
                connection.requestManifest(other, 2);
                connection.offerMore(manifest.hash(), List.of(1));
                connection.request(manifest.hash(), Said.blocks(manifest, List.of(3)));
                connection.trace(manifest.hash(), null);
                connection.requestManifest(manifest.hash(), 4);
            });
            awaits(() -> session.accepted.heard.size() == 6);
            assertThat(session.accepted.traces)
                    .as("traces, each with what was heard before it")
                    .containsExactly(Map.entry(1, trace), Map.entry(4, trace));
        }

        @Test
        void blocksArriveInOrderAndEachDeliveryIsToldOnce() throws Exception {
            Session session = session();
            List<String> ended = request(session);
            awaits(() -> session.dialled.blocks.size() == CHUNKS && ended.size() == CHUNKS);
            for (int chunk = 0; chunk < CHUNKS; chunk++) {
                assertThat(session.dialled.blocks.get(chunk))
                        .isEqualTo(Arrays.copyOfRange(bytes, chunk * CHUNK_BYTES, (chunk + 1) * CHUNK_BYTES));
            }
            closeAndHear(session);
            assertThat(ended).hasSize(CHUNKS).containsOnly("delivered");
        }

        @Test
        void aBlockThatCannotBeReadIsRefusedAndTheNextIsDelivered() throws Exception {
            Session session = session();
            MemoryContent changed = MemoryContent.whole(manifest, bytes);
            changed.change();
            List<String> ended = new CopyOnWriteArrayList<>();
            loop().execute(() ->
                    session.dialled.connection().request(manifest.hash(), Said.blocks(manifest, List.of(3, 4))));
            awaits(() -> !session.accepted.heard.isEmpty());
            loop().execute(() -> {
                deliver(session, changed, 3, ended);
                deliver(session, MemoryContent.whole(manifest, bytes), 4, ended);
            });
            awaits(() -> session.dialled.blocks.size() == 1 && ended.size() == 2);
            assertThat(session.dialled.heard)
                    .containsExactly(new Said.Refused(manifest.hash(), List.of(3), RefusalReason.CHANGED));
            assertThat(ended).containsExactlyInAnyOrder("ContentChangedException", "delivered");
        }

        @Test
        void whoClosesHearsNothingMoreAndTheOtherHearsItOnce() throws Exception {
            Session session = session();
            List<String> ended = request(session);
            closeAndHear(session);
            int heard = session.dialled.heard.size() + session.dialled.blocks.size();
            loop().execute(() -> {
                session.accepted.connection().requestManifest(manifest.hash(), 0);
                session.dialled.connection().requestManifest(manifest.hash(), 0);
                session.dialled.connection().close();
                session.accepted.connection().close();
                deliver(session, MemoryContent.whole(manifest, bytes), 0, ended);
            });
            awaits(() -> ended.size() == CHUNKS + 1);
            assertThat(session.dialled.heard.size() + session.dialled.blocks.size())
                    .isEqualTo(heard);
            assertThat(session.dialled.closes).isEmpty();
            assertThat(session.accepted.closes).hasSize(1);
            assertThat(ended).endsWith("ClosedChannelException");
            assertThat(session.accepted.heard).hasSize(1);
        }

        @Test
        void aKnockTellsWhetherSomethingListensAndSaysNothing() throws Exception {
            Session session = session();
            PeerConnections knocking = open(Identity.generate(new SecureRandom()));
            PeerConnections listening = open(Identity.generate(new SecureRandom()));
            Endpoint door = endpoint(listening);
            List<PeerConnection> accepted = new CopyOnWriteArrayList<>();
            listening.accept(accepted::add);
            List<DialBackEnd> ends = new CopyOnWriteArrayList<>();
            loop().execute(() -> knocking.knock(door, ends::add));
            awaits(() -> ends.size() == 1);
            listening.close();
            loop().execute(() -> knocking.knock(door, ends::add));
            awaits(() -> ends.size() == 2);
            loop().execute(() -> session.dialled.connection().askDialBack());
            loop().execute(() -> session.dialled.connection().tellDialBack(DialBackEnd.TIMED_OUT));
            awaits(() -> session.accepted.heard.size() == 2);
            assertThat(ends).containsExactly(DialBackEnd.CONNECTED, DialBackEnd.REFUSED);
            assertThat(accepted).isEmpty();
            assertThat(session.accepted.heard)
                    .containsExactly(new Said.DialBackAsked(), new Said.DialledBack(DialBackEnd.TIMED_OUT));
        }

        @Test
        void questionsAnswersAndProofsArriveAsTheyWereSent() throws Exception {
            Session session = session();
            byte[] body = new byte[ProtocolLimits.TALK_BYTES_MAX];
            body[1] = 3;
            byte[] proof = new byte[ShareSecret.PROOF_BYTES];
            loop().execute(() -> session.dialled.connection().ask(new Question(7, Topic.CODE, body)));
            loop().execute(() -> session.dialled.connection().prove(manifest.hash(), proof));
            awaits(() -> session.accepted.heard.size() == 2);
            loop().execute(() -> session.accepted.connection().reply(new Reply(7, body)));
            loop().execute(() -> session.accepted.connection().reply(new Reply(8, null)));
            awaits(() -> session.dialled.heard.size() == 2);
            assertThat(session.accepted.heard)
                    .containsExactly(
                            new Said.Asked(7, Topic.CODE, Hex.encodeHexString(body)),
                            new Said.Proven(manifest.hash(), Hex.encodeHexString(proof)));
            assertThat(session.dialled.heard)
                    .containsExactly(new Said.Answered(7, Hex.encodeHexString(body)), new Said.Answered(8, null));
        }

        private List<String> request(Session session) throws Exception {
            List<Integer> all = IntStream.range(0, CHUNKS).boxed().toList();
            List<String> ended = new CopyOnWriteArrayList<>();
            loop().execute(() -> session.dialled.connection().request(manifest.hash(), Said.blocks(manifest, all)));
            awaits(() -> !session.accepted.heard.isEmpty());
            MemoryContent content = MemoryContent.whole(manifest, bytes);
            loop().execute(() -> all.forEach(chunk -> deliver(session, content, chunk, ended)));
            return ended;
        }

        private void deliver(Session session, MemoryContent content, int chunk, List<String> ended) {
            session.accepted
                    .connection()
                    .deliver(
                            content,
                            Said.blocks(manifest, List.of(chunk)).get(0),
                            failure -> ended.add(
                                    failure == null
                                            ? "delivered"
                                            : failure.getClass().getSimpleName()));
        }

        private void closeAndHear(Session session) throws Exception {
            loop().execute(() -> session.dialled.connection().close());
            awaits(() -> !session.accepted.closes.isEmpty());
        }

        private Session session() throws Exception {
            PeerConnections dialling = open(one);
            PeerConnections listening = open(two);
            Session session = new Session(new Ear(), new Ear());
            listening.accept(session.accepted::connected);
            dialling.dial(endpoint(listening), PeerId.of(two.nodeId()), session.dialled);
            awaits(() -> !session.dialled.connections.isEmpty() && !session.accepted.connections.isEmpty());
            return session;
        }
    }

    private record Session(Ear dialled, Ear accepted) {}

    /** One side of a session and the messages it receives. */
    private static final class Ear extends Said.Ear implements PeerConnections.DialListener {
        final List<PeerConnection> connections = new CopyOnWriteArrayList<>();
        final List<DialFailure> failures = new CopyOnWriteArrayList<>();
        final List<Said> heard = new CopyOnWriteArrayList<>();
        final List<Map.Entry<Integer, TraceContext>> traces = new CopyOnWriteArrayList<>();
        final List<byte[]> blocks = new CopyOnWriteArrayList<>();
        final List<String> closes = new CopyOnWriteArrayList<>();

        PeerConnection connection() {
            return connections.get(0);
        }

        @Override
        public void connected(PeerConnection connection) {
            connection.receive(this);
            connections.add(connection);
        }

        @Override
        public void failed(DialFailure failure) {
            failures.add(failure);
        }

        @Override
        protected void said(Said what) {
            heard.add(what);
        }

        @Override
        public void traced(TraceContext trace) {
            traces.add(Map.entry(heard.size(), trace));
        }

        @Override
        public void delivered(ReceivedBlock block) {
            byte[] data = new byte[block.length()];
            block.data().get(0, data);
            blocks.add(data);
            super.delivered(block);
        }

        @Override
        public void closed(String reason) {
            closes.add(reason);
        }
    }
}
