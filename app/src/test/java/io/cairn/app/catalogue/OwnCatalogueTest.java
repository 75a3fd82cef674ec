package io.cairn.app.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.catalogue.OwnCatalogue.Listed;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.ShareSecret;
import io.cairn.transfer.protocol.catalogue.CatalogueCodec;
import io.cairn.transfer.protocol.catalogue.CatalogueDifference;
import io.cairn.transfer.protocol.catalogue.CatalogueLimits;
import io.cairn.transfer.protocol.catalogue.CatalogueState;
import io.cairn.transfer.protocol.catalogue.ListedShare;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What askers are told: their own view, as a difference, in pages. */
final class OwnCatalogueTest {
    private static final ShareSecret SECRET = ShareSecret.random(new Random(1));

    private final Random random = new Random(7);
    private final OwnCatalogue own = new OwnCatalogue(random);
    private final Asker ann = new Asker();
    private final Asker bob = new Asker();
    private final Asker stranger = new Asker();

    @Test
    void nothingIsListedUnlessAskedFor() {
        stranger.reads();
        assertThat(stranger.shown()).isEmpty();
        assertThat(stranger.bytes).isLessThan(32);
    }

    @Test
    void anUnchangedCatalogueCostsOneTinyAnswer() {
        own.set(many(CatalogueLimits.ENTRIES_MAX));
        stranger.reads();
        assertThat(stranger.shown()).hasSize(CatalogueLimits.ENTRIES_MAX);
        assertThat(stranger.pages).isLessThan(20);
        stranger.reads();
        assertThat(stranger.pages).isEqualTo(1);
        assertThat(stranger.bytes).isLessThan(32);
    }

    @Test
    void aChangeCostsItsEntry() {
        List<Listed> shares = new ArrayList<>(many(CatalogueLimits.ENTRIES_MAX - 1));
        own.set(shares);
        stranger.reads();
        shares.remove(17);
        shares.add(open(20_000));
        own.set(shares);
        stranger.reads();
        assertThat(stranger.pages).isEqualTo(1);
        assertThat(stranger.bytes).isLessThan(200);
        assertThat(stranger.shown())
                .contains(hash(20_000))
                .doesNotContain(hash(17))
                .hasSize(shares.size());
    }

    @Test
    void pagesAreBounded() {
        String longName = "ü".repeat(CatalogueLimits.NAME_BYTES_MAX / 2);
        own.set(IntStream.range(0, 2_000)
                .mapToObj(i -> new Listed(new ListedShare(hash(i), longName, i, true, 7, i, null), null))
                .toList());
        stranger.reads();
        assertThat(stranger.shown()).hasSize(2_000);
        assertThat(stranger.largest)
                .isLessThanOrEqualTo(CatalogueLimits.PAGE_BYTES_MAX)
                .isGreaterThan(CatalogueLimits.PAGE_BYTES_MAX - 1_000);
    }

    @Test
    void noMoreThanTheMostAreListed() {
        own.set(many(CatalogueLimits.ENTRIES_MAX + 5));
        stranger.reads();
        assertThat(stranger.shown()).hasSize(CatalogueLimits.ENTRIES_MAX);
    }

    @Test
    void aRestrictedShareIsShownToItsMembersAlone() {
        own.set(List.of(open(1), restricted(2, ann.id), restricted(3, ann.id, bob.id)));
        all(Asker::reads);
        assertThat(ann.shown()).containsExactlyInAnyOrder(hash(1), hash(2), hash(3));
        assertThat(bob.shown()).containsExactlyInAnyOrder(hash(1), hash(3));
        assertThat(stranger.shown()).containsExactly(hash(1));
        assertThat(Objects.requireNonNull(ann.known.get(hash(2))).secret()).isEqualTo(SECRET);
        assertThat(Objects.requireNonNull(ann.known.get(hash(1))).secret()).isNull();
    }

    @Test
    void aStrangerIsToldNothingOfWhatIsForSome() {
        own.set(List.of(open(1)));
        stranger.reads();
        CatalogueState before = stranger.state;
        own.set(List.of(open(1), restricted(2, ann.id)));
        own.set(List.of(open(1), restricted(2, bob.id), restricted(3, ann.id)));
        own.set(List.of(open(1)));
        stranger.reads();
        assertThat(stranger.state).isEqualTo(before);
        assertThat(stranger.removals).isZero();
    }

    @Test
    void whoIsNoLongerAMemberHearsThatItIsGone() {
        own.set(List.of(restricted(2, ann.id, bob.id)));
        all(Asker::reads);
        own.set(List.of(restricted(2, bob.id)));
        all(Asker::reads);
        assertThat(ann.shown()).isEmpty();
        assertThat(ann.removals).isEqualTo(1);
        assertThat(bob.shown()).containsExactly(hash(2));
        assertThat(bob.removals).isZero();
        own.set(List.of(restricted(2, ann.id, bob.id)));
        all(Asker::reads);
        assertThat(ann.shown()).containsExactly(hash(2));
    }

    @Test
    void aRemovalTellsNobodyTheHash() {
        own.set(List.of(open(1)));
        own.set(List.of());
        byte[] page = CatalogueCodec.encode(own.page(stranger.id, new CatalogueState(0, 0, 0)));
        byte[] hash = hash(1).toBytes();
        for (int at = 0; at + 8 <= page.length; at++) {
            byte[] part = Arrays.copyOfRange(page, at, at + 8);
            for (int from = 0; from + 8 <= hash.length; from++) {
                assertThat(part).isNotEqualTo(Arrays.copyOfRange(hash, from, from + 8));
            }
        }
    }

    @Test
    void manyRemovalsBeginAnew() {
        own.set(many(3_000));
        stranger.reads();
        own.set(many(3_000 - OwnCatalogue.REMOVALS_MAX - 1));
        stranger.reads();
        assertThat(stranger.anew).isTrue();
        assertThat(stranger.shown()).hasSize(3_000 - OwnCatalogue.REMOVALS_MAX - 1);
    }

    @Test
    void aStateThatNeverWasIsAnsweredAnew() {
        own.set(many(10));
        stranger.reads();
        CatalogueState state = stranger.state;
        for (CatalogueState odd : List.of(
                new CatalogueState(state.epoch(), Long.MAX_VALUE, 0),
                new CatalogueState(state.epoch(), 0, 1),
                new CatalogueState(state.epoch() + 1, state.open(), 0))) {
            CatalogueDifference page = own.page(stranger.id, odd);
            assertThat(page.anew()).isTrue();
            assertThat(page.entries()).hasSize(10);
        }
    }

    @Test
    void afterAnyChangesEachAskerSeesWhatItMay() {
        Map<Integer, Listed> now = new HashMap<>();
        for (int step = 0; step < 3_000; step++) {
            int share = random.nextInt(12);
            switch (random.nextInt(5)) {
                case 0 -> now.remove(share);
                case 1 -> now.put(share, open(share));
                case 2 -> now.put(share, restricted(share, ann.id));
                case 3 -> now.put(share, restricted(share, bob.id));
                default -> now.put(share, restricted(share, ann.id, bob.id));
            }
            own.set(List.copyOf(now.values()));
            for (Asker asker : List.of(ann, bob, stranger)) {
                if (random.nextInt(3) == 0) {
                    asker.reads();
                    assertThat(asker.shown())
                            .as("step %s", step)
                            .containsExactlyInAnyOrderElementsOf(now.values().stream()
                                    .filter(listed -> listed.viewers() == null
                                            || listed.viewers().contains(asker.id))
                                    .map(listed -> listed.share().hash())
                                    .toList());
                }
            }
        }
    }

    private void all(java.util.function.Consumer<Asker> action) {
        List.of(ann, bob, stranger).forEach(action);
    }

    private static List<Listed> many(int count) {
        return IntStream.range(0, count).mapToObj(OwnCatalogueTest::open).toList();
    }

    private static Listed open(int number) {
        return new Listed(new ListedShare(hash(number), "film number " + number, number, false, 1, 0, null), null);
    }

    private static Listed restricted(int number, NodeId... viewers) {
        return new Listed(
                new ListedShare(hash(number), "film number " + number, number, false, 1, 0, SECRET), Set.of(viewers));
    }

    private static Key hash(int number) {
        return Key.ofContent(ByteBuffer.allocate(4).putInt(number).array());
    }

    /** Reads as another node does. */
    private final class Asker {
        private final NodeId id = NodeId.random(random);
        private final KnownCatalogue catalogue = new KnownCatalogue();
        private final Map<Key, ListedShare> known = new HashMap<>();
        private CatalogueState state = CatalogueState.NONE;
        private int pages;
        private int bytes;
        private int largest;
        private int removals;
        private boolean anew;

        void reads() {
            pages = 0;
            bytes = 0;
            removals = 0;
            anew = false;
            boolean more = true;
            while (more) {
                CatalogueDifference page = own.page(id, state);
                int length = CatalogueCodec.encode(page).length;
                pages++;
                bytes += length;
                largest = Math.max(largest, length);
                removals += page.removed().size();
                anew |= page.anew();
                catalogue.apply(page);
                state = page.state();
                more = page.more();
            }
            known.clear();
            catalogue.entries().forEach(entry -> known.put(entry.hash(), entry));
        }

        Collection<Key> shown() {
            return known.keySet();
        }
    }
}
