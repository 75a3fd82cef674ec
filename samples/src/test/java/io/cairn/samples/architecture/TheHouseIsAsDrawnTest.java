package io.cairn.samples.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import io.cairn.dht.env.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the tables of rooms in docs/ARCHITECTURE.md: which rooms exist, what each may use, and to which modules it is open. */
class TheHouseIsAsDrawnTest {
    private static final int CLASSES_MAX = 25;

    /** Rooms that may hold more classes, each with its reason. */
    private static final Map<String, Integer> LARGER = Map.of();

    static List<Room> rooms() {
        return Room.ALL;
    }

    @Test
    void everyPackageIsARoomAndEveryRoomIsInhabited() {
        Set<String> drawn = Room.ALL.stream().map(Room::packageName).collect(Collectors.toCollection(TreeSet::new));
        Set<String> inhabited = classes().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));

        assertThat(drawn).hasSameSizeAs(Room.ALL).hasSizeGreaterThan(30);
        assertThat(inhabited)
                .as("a new room needs its row in docs/ARCHITECTURE.md")
                .isEqualTo(drawn);
    }

    @Test
    void aRoomUsesOnlyRoomsOfItsModuleThatStandAboveIt() {
        List<String> above = new ArrayList<>();
        for (Room room : Room.ALL) {
            assertThat(above).as("what %s uses", room).containsAll(room.uses());
            assertThat(room.uses()).allMatch(used -> Room.moduleOf(used).equals(room.module()));
            above.add(room.name());
        }
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomUsesExactlyWhatItsRowNames(Room room) {
        Map<String, String> used = new TreeMap<>();
        classesOf(room)
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(arrow -> roomOf(arrow).startsWith(room.module())
                        && !roomOf(arrow).equals(room.name()))
                .filter(arrow -> Room.moduleOf(roomOf(arrow)).equals(room.module()))
                .forEach(arrow -> used.putIfAbsent(roomOf(arrow), arrow.getDescription()));

        assertThat(used.keySet()).as("%s: %s", room, used).containsExactlyInAnyOrderElementsOf(room.uses());
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomIsOpenToTheModulesThatItsRowNames(Room room) {
        Set<String> users = classes()
                .filter(type -> !Room.moduleOf(nameOf(type.getPackageName())).equals(room.module()))
                .filter(type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(arrow -> roomOf(arrow).equals(room.name())))
                .map(type -> Room.moduleOf(nameOf(type.getPackageName())))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(users).as("modules that use %s", room).containsExactlyInAnyOrderElementsOf(room.openTo());
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomCanBeTakenInAtAGlance(Room room) {
        assertThat(classesOf(room).filter(JavaClass::isTopLevelClass).map(JavaClass::getSimpleName))
                .as("classes of %s", room)
                .hasSizeLessThanOrEqualTo(LARGER.getOrDefault(room.name(), CLASSES_MAX));
    }

    @Test
    void ofThePortsTheWireSeesOnlyThePacket() {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("io.cairn.dht.wire..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.cairn.dht.env..")
                        .and(not(JavaClass.Predicates.equivalentTo(Packet.class))));
        rule.check(ProductionClasses.ALL);
    }

    private static Stream<JavaClass> classes() {
        return ProductionClasses.ALL.stream()
                .filter(type -> !type.getPackageName().endsWith(".proto"))
                .filter(type -> !type.getSimpleName().equals("package-info"));
    }

    private static Stream<JavaClass> classesOf(Room room) {
        return classes().filter(type -> type.getPackageName().equals(room.packageName()));
    }

    /** The room that an arrow leads to; empty outside the project and for generated code. */
    private static String roomOf(Dependency arrow) {
        String name = arrow.getTargetClass().getBaseComponentType().getPackageName();
        return name.startsWith("io.cairn.") && !name.endsWith(".proto") ? nameOf(name) : "";
    }

    private static String nameOf(String packageName) {
        return packageName.substring("io.cairn.".length());
    }
}
