package io.cairn.app.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodesAreSpokenTest {
    @Test
    void thereAre2048WordsThatAreShortSortedAndDistinct() {
        List<String> words = CodeWords.all();
        assertThat(words).hasSize(CodeWords.COUNT).doesNotHaveDuplicates().isSorted();
        assertThat(words).allMatch(word -> word.matches("[a-z]{3,8}"));
    }

    @Test
    void noTwoWordsDifferInOneLetter() {
        Set<String> seen = new HashSet<>();
        for (String word : CodeWords.all()) {
            for (int i = 0; i < word.length(); i++) {
                String shorter = word.substring(0, i) + word.substring(i + 1);
                assertThat(seen.add(word.substring(0, i) + "?" + word.substring(i + 1)))
                        .as("%s but for letter %s", word, i)
                        .isTrue();
                assertThat(CodeWords.all()).as(word).doesNotContain(shorter);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7-orbit-lamp",
                "7 orbit lamp",
                " 07-Orbit-LAMP ",
                "7 - orbit - lamp",
                "\"7, orbit, lamp.\"",
                "00007\u2013orbit\u2013lamp!"
            })
    void aCodeIsReadHoweverItWasWritten(String text) throws CairnException {
        assertThat(SpokenCode.parse(text).text()).isEqualTo("7-orbit-lamp");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "orbit-lamp",
                "0-orbit-lamp",
                "10000-orbit-lamp",
                "7-orbit",
                "7-orbit-lamp-lamp",
                "7-or/bit-lamp",
                "7-orbit-lamp-8",
                "7orbit-lamp",
                "-7"
            })
    void whatIsNoCodeIsAUsageError(String text) {
        assertThat(kind(text)).isEqualTo(Kind.USAGE);
    }

    @Test
    void aWordThatNoCodeHasIsAWrongCodeAndTheRightOneIsNamed() {
        assertThatThrownBy(() -> SpokenCode.parse("7-orbti-lamp"))
                .isInstanceOfSatisfying(CairnException.class, wrong -> {
                    assertThat(wrong.kind()).isEqualTo(Kind.DENIED);
                    assertThat(wrong.why()).isEqualTo("no code has the word orbti; is it orbit?");
                });
        assertThat(kind("7-orbit-xylophagous")).isEqualTo(Kind.DENIED);
    }

    @Test
    void aDrawnCodeIsReadAgain() throws CairnException {
        Random random = new Random(1);
        for (int i = 0; i < 100; i++) {
            SpokenCode drawn = SpokenCode.draw(1 + random.nextInt(9_999), random);
            assertThat(SpokenCode.parse(drawn.text())).isEqualTo(drawn);
            assertThat(drawn.toString()).doesNotContain(drawn.words());
        }
    }

    @Test
    void clocksMayDifferAtTheMeetingPlace() {
        long slot = 1_796_006_400_000L - 1_796_006_400_000L % MeetingPlace.SLOT_MILLIS;
        for (long sent : new long[] {slot, slot + 1, slot + MeetingPlace.SLOT_MILLIS - 1}) {
            for (long receiverAhead : new long[] {-59_000, 0, 59_000}) {
                assertThat(MeetingPlace.around(7, sent + receiverAhead))
                        .as("sent at %s, receiver ahead by %s", sent - slot, receiverAhead)
                        .contains(MeetingPlace.at(7, sent));
            }
        }
        assertThat(MeetingPlace.around(7, slot + 3 * MeetingPlace.SLOT_MILLIS))
                .doesNotContain(MeetingPlace.at(7, slot));
        assertThat(MeetingPlace.around(8, slot)).doesNotContain(MeetingPlace.at(7, slot));
        assertThat(MeetingPlace.untilNextMillis(slot + 1)).isEqualTo(MeetingPlace.SLOT_MILLIS - 1);
    }

    private static Kind kind(String text) {
        try {
            return Kind.valueOf("" + SpokenCode.parse(text));
        } catch (CairnException refused) {
            return refused.kind();
        }
    }
}
