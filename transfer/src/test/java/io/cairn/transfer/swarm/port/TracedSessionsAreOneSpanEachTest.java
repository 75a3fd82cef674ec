package io.cairn.transfer.swarm.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.trace.FinishedSpan;
import io.cairn.dht.trace.ForeignTraces;
import io.cairn.dht.trace.TraceContext;
import io.cairn.dht.trace.TracedKeys;
import io.cairn.dht.trace.Tracer;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.TestManifests;
import io.cairn.transfer.swarm.fetch.FetchListener;
import io.cairn.transfer.swarm.fetch.FetchOutcome;
import io.cairn.transfer.swarm.trace.TracedConnections;
import io.cairn.transfer.swarm.trace.TracedFetches;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One node asks another for a manifest and for chunks, a hundred of which the other has not. */
class TracedSessionsAreOneSpanEachTest {
    private static final int CHUNKS = 1_000;
    private static final int MISSING = 100;
    private static final int CHUNK_BYTES = 16;

    private final VirtualTime time = new VirtualTime();
    private final MemoryNetwork network = new MemoryNetwork(time);
    private final SplittableRandom random = new SplittableRandom(1);
    private final byte[] bytes = new byte[CHUNKS * CHUNK_BYTES];
    private final Manifest manifest = TestManifests.of("f", bytes, CHUNK_BYTES);
    private final Side asking = new Side(1, List.of());
    private final Side answering = new Side(2, List.of(asking.id));
    private final Answering ear = new Answering();
    private final List<PeerConnection> connections = new ArrayList<>();

    /** One node and the spans that ended there. */
    private final class Side {
        final NodeId id = NodeId.random(random);
        final MemoryNetwork.Node end;
        final List<FinishedSpan> spans = new ArrayList<>();
        final TracedConnections sessions;
        final TracedFetches fetches;

        Side(int port, List<NodeId> named) {
            TracedKeys keys = new TracedKeys();
            Tracer tracer = new Tracer(time, random, spans::add);
            end = network.node(id, Endpoint.parse("10.0.0.1:" + (5_000 + port)));
            sessions = new TracedConnections(end, keys, tracer, new ForeignTraces(named), time);
            fetches = new TracedFetches(tracer, keys, sessions);
        }

        Map<String, FinishedSpan> byName() {
            return spans.stream().collect(Collectors.toMap(FinishedSpan::name, Function.identity()));
        }
    }

    /** Delivers what is requested, and refuses the last hundred chunks. */
    private final class Answering extends Said.Ear {
        final List<TraceContext> traces = new ArrayList<>();

        @Nullable
        PeerConnection connection;

        @Override
        protected void said(Said what) {
            PeerConnection to = connection;
            if (to == null) {
                return;
            }
            if (what instanceof Said.ManifestRequested) {
                to.deliverManifest(new ManifestPiece(manifest.hash(), 0, 7, new byte[7]));
            } else if (what instanceof Said.Requested requested) {
                MemoryContent content = MemoryContent.whole(manifest, bytes);
                for (Block block : Said.blocks(manifest, requested.chunks())) {
                    if (block.chunk() >= CHUNKS - MISSING) {
                        to.refuse(manifest.hash(), List.of(block), RefusalReason.NOT_HAD);
                    } else {
                        to.deliver(content, block, failure -> {});
                    }
                }
            }
        }

        @Override
        public void traced(TraceContext trace) {
            traces.add(trace);
        }
    }

    @Test
    void aThousandChunksAreOneSpanOnEitherSide() {
        begin();
        dialled().requestManifest(manifest.hash(), 0);
        request(0, CHUNKS / 2);
        request(CHUNKS / 2, CHUNKS);
        time.run(10_000);
        asking.fetches.ended(manifest.hash(), new FetchOutcome.Completed(List.of(), 0));

        Map<String, FinishedSpan> here = asking.byName();
        Map<String, FinishedSpan> there = answering.byName();
        assertThat(here).containsOnlyKeys("fetch", "cairn.Peer/ManifestRequest", "cairn.Peer/Want");
        assertThat(there).containsOnlyKeys("cairn.Peer/ManifestRequest", "cairn.Peer/Want");
        there.forEach((name, span) -> {
            FinishedSpan question = named(here, name);
            assertThat(span.parentHex()).isEqualTo(question.context().spanHex());
            assertThat(question.parentHex())
                    .isEqualTo(named(here, "fetch").context().spanHex());
            assertThat(span.context().traceHex())
                    .isEqualTo(named(here, "fetch").context().traceHex());
            assertThat(span.error()).isNull();
        });
        for (FinishedSpan chunks : List.of(named(here, "cairn.Peer/Want"), named(there, "cairn.Peer/Want"))) {
            assertThat(chunks.attributes())
                    .containsEntry("cairn.chunks.wanted", (long) CHUNKS)
                    .containsEntry("cairn.chunks.delivered", (long) CHUNKS - MISSING)
                    .containsEntry("cairn.chunks.refused", (long) MISSING)
                    .containsEntry("cairn.bytes", (long) (CHUNKS - MISSING) * CHUNK_BYTES);
        }
    }

    @Test
    void afterAFetchItsShareCarriesNoTrace() {
        begin();
        dialled().requestManifest(manifest.hash(), 0);
        time.run(1_000);
        asking.fetches.ended(manifest.hash(), new FetchOutcome.Stopped());
        int traced = ear.traces.size();
        dialled().requestManifest(manifest.hash(), 0);
        request(0, 3);
        time.run(1_000);
        assertThat(traced).isEqualTo(1);
        assertThat(ear.traces).hasSize(traced);
        assertThat(named(asking.byName(), "fetch").error()).isEqualTo("Stopped");
    }

    @Test
    void aSessionThatEndsFailsWhatWasUnderWay() {
        begin();
        request(CHUNKS - 1, CHUNKS);
        request(0, 5);
        dialled().close();
        time.run(1_000);
        assertThat(named(asking.byName(), "cairn.Peer/Want").error()).isEqualTo("was let go");
        assertThat(answering.spans).allMatch(span -> span.name().equals("cairn.Peer/Want"));
    }

    @Test
    void whatIsNoPartOfATraceMakesNoSpan() {
        connect();
        dialled().requestManifest(manifest.hash(), 0);
        request(0, 10);
        time.run(1_000);
        assertThat(ear.traces).isEmpty();
        assertThat(asking.spans).isEmpty();
        assertThat(answering.spans).isEmpty();
    }

    private static FinishedSpan named(Map<String, FinishedSpan> spans, String name) {
        return Objects.requireNonNull(spans.get(name), name);
    }

    private void begin() {
        assertThat(asking.fetches.begin(manifest.hash(), new FetchListener() {}))
                .isNotNull();
        connect();
    }

    private void connect() {
        answering.sessions.accept(connection -> {
            ear.connection = connection;
            connection.receive(ear);
        });
        asking.sessions.dial(answering.end.endpoint(), null, new PeerConnections.DialListener() {
            @Override
            public void connected(PeerConnection connection) {
                connection.receive(new Said.Ear() {
                    @Override
                    protected void said(Said what) {}
                });
                connections.add(connection);
            }

            @Override
            public void failed(DialFailure failure) {
                throw new AssertionError(failure);
            }
        });
        time.run(100);
    }

    private PeerConnection dialled() {
        return connections.get(0);
    }

    private void request(int from, int to) {
        Key share = manifest.hash();
        dialled()
                .request(
                        share,
                        Said.blocks(manifest, IntStream.range(from, to).boxed().toList()));
    }
}
