package io.cairn.samples.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule about an empty package holds of nothing: each room has classes that the other tests here look at. */
class EveryRoomIsInhabitedTest {
    static List<String> rooms() {
        return Stream.concat(
                        ProductionClasses.ROOMS.stream().map(room -> "io.cairn." + room),
                        Stream.of(
                                "io.cairn.app",
                                "io.cairn.app.json",
                                "io.cairn.shell",
                                "io.cairn.shell.sim",
                                "io.cairn.samples"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void byAtLeastOneClass(String room) {
        assertThat(ProductionClasses.ALL.stream()
                        .filter(type -> type.getPackageName().equals(room))
                        .map(JavaClass::getSimpleName))
                .anyMatch(name -> !name.equals("package-info"));
    }
}
