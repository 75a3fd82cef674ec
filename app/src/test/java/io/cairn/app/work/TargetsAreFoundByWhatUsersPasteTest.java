package io.cairn.app.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.app.CairnException;
import io.cairn.app.FetchTarget;
import io.cairn.dht.id.Key;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TargetsAreFoundByWhatUsersPasteTest {
    private static final Key FILM = Key.fromHex("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b");
    private static final Key SONG = Key.fromHex("9f86d0aa00000000000000000000000000000000");
    private static final Map<Key, String> KNOWN = new TreeMap<>(Map.of(FILM, "film.mkv", SONG, "song.ogg"));

    @Test
    void aPrefixThatOnlyOneShareHasNamesIt() throws CairnException {
        FetchTarget found = TargetResolver.resolve("9f86d08", KNOWN);
        assertThat(found.hash()).isEqualTo(FILM);
        assertThat(found.name()).isEqualTo("film.mkv");
        assertThat(TargetResolver.resolve("9F86D0A", KNOWN).hash()).isEqualTo(SONG);
    }

    @Test
    void aPrefixThatTwoSharesHaveIsRefused() {
        assertRefused("9f86d0", "ambiguous: 9f86d0");
    }

    @Test
    void aPrefixTooShortToLastIsRefused() {
        assertRefused("9f86d", "not a hash or link: 9f86d");
    }

    @Test
    void aNameKnownHereNamesItsShare() throws CairnException {
        assertThat(TargetResolver.resolve("song.ogg", KNOWN).hash()).isEqualTo(SONG);
        assertRefused("other.ogg", "not a hash or link: other.ogg");
    }

    @Test
    void aWholeHashNeedNotBeKnown() throws CairnException {
        String hash = "0123456789abcdef0123456789abcdef01234567";
        FetchTarget found = TargetResolver.resolve(hash.toUpperCase(Locale.ROOT), KNOWN);
        assertThat(found.hash()).isEqualTo(Key.fromHex(hash));
        assertThat(found.name()).isEmpty();
    }

    @Test
    void aNameThatExistsComesBeforeAPrefix() throws CairnException {
        Map<Key, String> known = new TreeMap<>(Map.of(FILM, "film.mkv", SONG, "9f86d08"));
        assertThat(TargetResolver.resolve("9f86d08", known).hash()).isEqualTo(SONG);
    }

    @Test
    void aWholeHashMeansItselfWhateverAStrangerCallsAShare() throws CairnException {
        Map<Key, String> known = Map.of(SONG, FILM.toHex());
        assertThat(TargetResolver.resolve(FILM.toHex(), known).hash()).isEqualTo(FILM);
    }

    @Test
    void whatIsAmbiguousIsNamedByItsHashes() {
        Map<Key, String> known = new TreeMap<>(Map.of(FILM, "same", SONG, "same"));
        assertThatThrownBy(() -> TargetResolver.resolve("same", known))
                .isInstanceOfSatisfying(
                        CairnException.class,
                        refusal -> assertThat(refusal.next())
                                .contains(FILM.toHex())
                                .contains(SONG.toHex()));
    }

    @Test
    void candidatesAreFactsToChooseFrom() {
        Map<Key, String> known = new TreeMap<>();
        for (int i = 0; i < 10; i++) {
            known.put(Key.ofContent(new byte[] {(byte) i}), "same");
        }
        assertThatThrownBy(() -> TargetResolver.resolve("same", known))
                .isInstanceOfSatisfying(CairnException.class, refusal -> {
                    assertThat(refusal.facts()).containsEntry(TargetResolver.CANDIDATE_COUNT, 10L);
                    assertThat(String.valueOf(refusal.facts().get(TargetResolver.CANDIDATES))
                                    .split(" "))
                            .hasSize(8)
                            .allMatch(hash -> known.containsKey(Key.fromHex(hash)));
                });
    }

    private static void assertRefused(String text, String what) {
        assertThatThrownBy(() -> TargetResolver.resolve(text, KNOWN))
                .isInstanceOfSatisfying(CairnException.class, refusal -> {
                    assertThat(refusal.kind()).isEqualTo(CairnException.Kind.USAGE);
                    assertThat(refusal).hasMessageContaining(what);
                });
    }

    @Test
    void nothingNamesNoFetchWhoseNameIsNotKnownYet() {
        assertThatThrownBy(() -> TargetResolver.resolve("", Map.of(SONG, "")))
                .isInstanceOfSatisfying(
                        CairnException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(CairnException.Kind.USAGE));
    }
}
