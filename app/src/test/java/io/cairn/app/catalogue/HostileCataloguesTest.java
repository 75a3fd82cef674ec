package io.cairn.app.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.catalogue.CatalogueVisit.End;
import io.cairn.app.fetch.AppLoop;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.protocol.catalogue.CatalogueCodec;
import io.cairn.transfer.protocol.catalogue.CatalogueDifference;
import io.cairn.transfer.protocol.catalogue.CatalogueLimits;
import io.cairn.transfer.protocol.catalogue.CatalogueState;
import io.cairn.transfer.protocol.catalogue.ListedShare;
import io.cairn.transfer.swarm.port.PeerId;
import io.cairn.transfer.swarm.talk.Talks;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** In virtual time: catalogues that lie, never end, are too large or come too slowly are cut off. */
final class HostileCataloguesTest {
    private static final NodeId NODE = NodeId.random(new Random(1));
    private static final Endpoint AT = Endpoint.parse("192.168.1.7:4747");
    private static final long DELAY_MILLIS = 5;

    private final AppLoop loop = new AppLoop();
    private final KnownCatalogue known = new KnownCatalogue();
    private final List<ListedShare> heard = new ArrayList<>();
    private int asked;

    @Test
    void aMillionEntriesAreCutOffAtTheMostThatAreKept() {
        int perPage = 800;
        End end = visit(state -> page(state, state.epoch() == 0, 1_000_000, perPage), DELAY_MILLIS);
        assertThat(end).isEqualTo(End.CUT_OFF);
        assertThat(known.entries()).hasSize(CatalogueLimits.ENTRIES_MAX);
        assertThat(heard).hasSize(CatalogueLimits.ENTRIES_MAX);
        assertThat(asked).isLessThanOrEqualTo(CatalogueLimits.ENTRIES_MAX / perPage + 1);
    }

    @Test
    void pagesWithoutEndAreCutOff() {
        End end = visit(
                state -> new CatalogueDifference(
                        state.epoch() == 0,
                        new CatalogueState(7, state.open() + 1, 0),
                        true,
                        List.of(),
                        List.of(entry((int) state.open() % 3))),
                DELAY_MILLIS);
        assertThat(end).isEqualTo(End.CUT_OFF);
        assertThat(asked).isEqualTo(CatalogueVisit.PAGES_MAX + 1);
        assertThat(heard).hasSize(3);
    }

    @Test
    void aStateThatDoesNotGetOnIsCutOff() {
        for (CatalogueState stuck : List.of(new CatalogueState(7, 5, 5), new CatalogueState(7, 6, 4))) {
            asked = 0;
            End end = visit(
                    state -> new CatalogueDifference(
                            state.epoch() == 0,
                            state.epoch() == 0 ? new CatalogueState(7, 5, 5) : stuck,
                            true,
                            List.of(),
                            List.of()),
                    DELAY_MILLIS);
            assertThat(end).isEqualTo(End.CUT_OFF);
            assertThat(asked).isLessThanOrEqualTo(2);
            known.apply(new CatalogueDifference(true, CatalogueState.NONE, false, List.of(), List.of()));
        }
    }

    @Test
    void oneThatBeginsAnewForEverIsCutOff() {
        End end = visit(
                state -> new CatalogueDifference(
                        true, new CatalogueState(state.epoch() + 1, 1, 0), true, List.of(), List.of(entry(1))),
                DELAY_MILLIS);
        assertThat(end).isEqualTo(End.CUT_OFF);
        assertThat(asked).isLessThanOrEqualTo(CatalogueVisit.PAGES_MAX + 1);
        assertThat(heard).hasSize(1);
    }

    @Test
    void bytesThatAreNoPageAreCutOff() {
        assertThat(visitBytes(state -> new byte[CatalogueLimits.PAGE_BYTES_MAX + 1], DELAY_MILLIS))
                .isEqualTo(End.CUT_OFF);
        assertThat(visitBytes(state -> "not a page".getBytes(java.nio.charset.StandardCharsets.UTF_8), DELAY_MILLIS))
                .isEqualTo(End.CUT_OFF);
        assertThat(heard).isEmpty();
        assertThat(known.entries()).isEmpty();
    }

    @Test
    void aSilentNodeIsGivenUpAfterSomeSeconds() {
        End end = visitBytes(state -> new byte[0], CatalogueVisit.SILENT_MILLIS + 1);
        assertThat(end).isEqualTo(End.SILENT);
        assertThat(loop.monotonicMillis()).isLessThan(2 * CatalogueVisit.SILENT_MILLIS);
    }

    @Test
    void aNodeThatDripsPagesIsCutOff() {
        End end = visit(state -> page(state, state.epoch() == 0, 1_000_000, 1), CatalogueVisit.SILENT_MILLIS - 1);
        assertThat(end).isEqualTo(End.CUT_OFF);
        assertThat(loop.monotonicMillis())
                .isLessThan(CatalogueVisit.VISIT_MILLIS_MAX + 2 * CatalogueVisit.SILENT_MILLIS);
    }

    @Test
    void aCatalogueInOrderIsReadAndThenItsChangesAlone() {
        assertThat(visit(state -> page(state, state.epoch() == 0, 2_000, 800), DELAY_MILLIS))
                .isEqualTo(End.READ);
        assertThat(heard).hasSize(2_000);
        assertThat(asked).isEqualTo(3);
        heard.clear();
        assertThat(visit(state -> page(state, state.epoch() == 0, 2_001, 800), DELAY_MILLIS))
                .isEqualTo(End.READ);
        assertThat(asked).isEqualTo(4);
        assertThat(heard).hasSize(2_001);
    }

    @Test
    void theMemoryOfAllCataloguesIsBounded() {
        KnownCatalogues all = new KnownCatalogues();
        Random random = new Random(3);
        for (int i = 0; i < 40; i++) {
            NodeId node = NodeId.random(random);
            all.of(node).apply(page(new CatalogueState(7, 0, 0), true, 10_000, 10_000));
            all.fit(node);
            assertThat(all.bytes()).isLessThanOrEqualTo(KnownCatalogues.BYTES_MAX);
            assertThat(all.find(node)).isNotNull();
        }
        assertThat(all.all().size()).isBetween(2, 39);
    }

    private End visit(Function<CatalogueState, CatalogueDifference> server, long delayMillis) {
        return visitBytes(state -> CatalogueCodec.encode(server.apply(state)), delayMillis);
    }

    private End visitBytes(Function<CatalogueState, byte[]> server, long delayMillis) {
        CatalogueVisit visit = new CatalogueVisit(
                loop,
                loop,
                NODE,
                known,
                (node, endpoints, request) -> {
                    asked++;
                    CompletableFuture<Talks.Answered> answer = new CompletableFuture<>();
                    CatalogueState state = known.state();
                    loop.schedule(
                            delayMillis,
                            () -> answer.complete(new Talks.Answered(PeerId.of(node), AT, server.apply(state))));
                    return answer;
                },
                heard::addAll);
        CompletableFuture<End> end = visit.start(CompletableFuture.completedFuture(List.of(AT)));
        assertThat(loop.runUntil(end::isDone, 60_000)).isTrue();
        return end.join();
    }

    /** A page of a catalogue with so many entries. */
    private static CatalogueDifference page(CatalogueState state, boolean anew, int count, int perPage) {
        int from = (int) state.open();
        int to = Math.min(count, from + perPage);
        return new CatalogueDifference(
                anew,
                new CatalogueState(7, to, 0),
                to < count,
                List.of(),
                IntStream.range(from, to).mapToObj(HostileCataloguesTest::entry).toList());
    }

    private static ListedShare entry(int number) {
        Key hash = Key.ofContent(ByteBuffer.allocate(4).putInt(number).array());
        return new ListedShare(hash, "film " + number, number, false, 1, 0, null);
    }
}
