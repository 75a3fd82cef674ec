package io.cairn.samples.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only one or two packages know a replaceable library, so that replacing it changes only them. */
class ForeignTypesStayInTheirAdaptersTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    io.netty..                        | io.cairn.dht.net.. io.cairn.transfer.net.. io.cairn.control.client.. io.cairn.control.server.wire..
                    org.bouncycastle..                | io.cairn.dht.crypto.. io.cairn.transfer.net..
                    org.jline..                       | io.cairn.shell..
                    picocli..                         | io.cairn.shell..
                    java.sql..                        | io.cairn.transfer.store..
                    org.sqlite..                      | io.cairn.transfer.store..
                    com.fasterxml.jackson..           | io.cairn.app.. io.cairn.sim.file.. io.cairn.shell..
                    io.prometheus..                   | io.cairn.app.metrics..
                    com.google.protobuf..             | io.cairn.dht.wire.. io.cairn.transfer.protocol..
                    io.cairn.dht.wire.proto..         | io.cairn.dht.wire..
                    io.cairn.transfer.protocol.proto..| io.cairn.transfer.protocol..
                    java.awt..                        | io.cairn.sim.chart..
                    org.knowm.xchart..                | io.cairn.sim.chart..
                    org.apache.batik..                | io.cairn.sim.chart..
                    ch.qos.logback..                  | io.cairn.shell..
                    """)
    void isKnownOnlyThere(String library, String homes) {
        ArchRule rule = noClasses()
                .that(not(resideInAnyPackage(homes.split(" ", -1))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
        rule.check(ProductionClasses.ALL);
    }
}
