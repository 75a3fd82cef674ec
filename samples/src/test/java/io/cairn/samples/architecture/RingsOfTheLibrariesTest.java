package io.cairn.samples.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import io.cairn.dht.env.Packet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rings inside {@code dht}, {@code transfer} and {@code sim}: an inner one never imports an outer one. */
class RingsOfTheLibrariesTest {
    /** Each room and, of the rooms of its own module, those it may import. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    dht.id            |
                    dht.crypto        | dht.id
                    dht.env           | dht.id
                    dht.wire          | dht.id dht.crypto dht.env
                    dht.kad           | dht.id dht.crypto dht.wire
                    dht.node          | dht.id dht.crypto dht.wire dht.kad dht.env
                    dht.ring          | dht.id
                    dht.net           | dht.id dht.crypto dht.wire dht.kad dht.env dht.node
                    transfer.content  |
                    transfer.protocol | transfer.content
                    transfer.swarm    | transfer.content
                    transfer.store    | transfer.content
                    transfer.net      | transfer.content transfer.protocol transfer.swarm
                    sim.network       |
                    sim.kademlia      | sim.network
                    sim.chord         | sim.network
                    sim.scenario      | sim.network sim.kademlia sim.chord
                    sim.file          | sim.scenario
                    sim.chart         | sim.scenario
                    """)
    void aRoomImportsOnlyInnerRooms(String room, String inner) {
        String module = "io.cairn." + room.substring(0, room.indexOf('.')) + "..";
        String[] allowed = Stream.concat(Stream.of(room), inner == null ? Stream.of() : Stream.of(inner.split(" ", -1)))
                .map(name -> "io.cairn." + name + "..")
                .toArray(String[]::new);
        ArchRule rule = classes()
                .that()
                .resideInAPackage("io.cairn." + room + "..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(resideOutsideOfPackages(module)));
        rule.allowEmptyShould(true).check(ProductionClasses.ALL);
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

    @Test
    void everyPackageOfTheLibrariesIsAKnownRoom() {
        Set<String> rooms = ProductionClasses.ALL.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith("io.cairn.dht")
                        || name.startsWith("io.cairn.transfer")
                        || name.startsWith("io.cairn.sim"))
                .map(name -> name.substring("io.cairn.".length()))
                .map(name -> name.replaceAll("^(\\w+\\.\\w+)\\..*", "$1"))
                .collect(Collectors.toSet());
        assertThat(rooms)
                .as("a new room needs its place among the rings: here and in docs/ARCHITECTURE.md")
                .isSubsetOf(ProductionClasses.ROOMS);
    }
}
