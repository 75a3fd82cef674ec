package io.cairn.dht.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapabilitiesHaveOneFormTest {
    @ParameterizedTest
    @CsvSource({
        "Print,print",
        "'  print \t a4\n',print a4",
        "print\u00a0a4,print a4",
        "print\u2003\u2028a4,print a4",
        "ＰＲＩＮＴ,print",
        "Cafe\u0301,caf\u00e9",
        "ﬁle,file",
        "H\u0331,\u1e96"
    })
    void differentSpellingsAreTheSame(String spelt, String normal) {
        assertThat(Service.normalised(spelt)).isEqualTo(normal);
    }

    @Test
    void aNormalFormStaysAsItIs() {
        SplittableRandom random = new SplittableRandom(31);
        int[] marks = {0x0301, 0x0307, 0x0308, 0x030a, 0x030c, 0x0331, 0x0345, 0x3099};
        List<String> unstable = new ArrayList<>();
        int tried = 0;
        for (int codePoint = 'A'; codePoint < 0x2fa20; codePoint++) {
            int mark = marks[random.nextInt(marks.length)];
            for (String text : List.of(
                    Character.toString(codePoint),
                    "a" + Character.toString(codePoint),
                    Character.toString(codePoint) + Character.toString(mark))) {
                if (isPossible(text)) {
                    String normal = Service.normalised(text);
                    if (!Service.normalised(normal).equals(normal)) {
                        unstable.add(text);
                    }
                    tried++;
                }
            }
        }
        assertThat(unstable).isEmpty();
        assertThat(tried).isGreaterThan(100_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \t", "a\u0000b", "a\u007f", "a\ud800", "\udc00a"})
    void whatCannotBeReadIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Service.normalised(text));
    }

    @Test
    void lengthIsCountedInBytesOfTheNormalForm() {
        assertThat(Service.normalised("é".repeat(32))).hasSize(32);
        assertThatIllegalArgumentException().isThrownBy(() -> Service.normalised("é".repeat(33)));
    }

    @Test
    void aServiceHasItsCapabilitiesOnceEach() {
        Service service = new Service("id", List.of("Print", "print ", "scan"), "tcp://x", Map.of());
        assertThat(service.capabilities()).containsExactly("print", "scan");
        List<String> nine = Stream.iterate("a", before -> before + "a").limit(9).toList();
        assertThatIllegalArgumentException().isThrownBy(() -> new Service("id", nine, "tcp://x", Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Service("id", List.of(), "tcp://x", Map.of()));
    }

    private static boolean isPossible(String text) {
        try {
            Service.normalised(text);
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }
}
