package io.cairn.samples.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the arrows between modules that docs/ARCHITECTURE.md draws: shell to control to app to transfer to dht, shell to sim to app; samples to
 * app and sim. */
class ModulesDependInwardsTest {
    static final List<String> MODULES = ProductionClasses.MODULES;

    @ParameterizedTest
    @FieldSource("MODULES")
    void everyModuleIsSeenByTheseTests(String module) {
        assertThat(ProductionClasses.ALL.stream().map(JavaClass::getPackageName))
                .as("packages of %s among the classes under test", module)
                .anyMatch(name -> name.equals(module) || name.startsWith(module + "."));
    }

    @Test
    void theDhtSeesOnlyItself() {
        mayUse("io.cairn.dht..", "io.cairn.dht..");
    }

    @Test
    void transferSeesTheInterfaceAndTheValuesOfTheDht() {
        mayUse(
                "io.cairn.transfer..",
                "io.cairn.transfer..",
                "io.cairn.dht",
                "io.cairn.dht.id..",
                "io.cairn.dht.crypto..",
                "io.cairn.dht.wire..",
                "io.cairn.dht.env..",
                "io.cairn.dht.measure..",
                "io.cairn.dht.trace..");
    }

    @Test
    void theAppSeesTransferAndTheDht() {
        mayUse("io.cairn.app..", "io.cairn.app..", "io.cairn.transfer..", "io.cairn.dht..");
    }

    @Test
    void theControlInterfaceSeesTheAppAndTheValuesBelowIt() {
        mayUse(
                "io.cairn.control..",
                "io.cairn.control..",
                "io.cairn.app..",
                "io.cairn.transfer.content..",
                "io.cairn.transfer.store.file..",
                "io.cairn.dht",
                "io.cairn.dht.id..",
                "io.cairn.dht.service..",
                "io.cairn.dht.crypto..");
    }

    @Test
    void theSimulatorSeesTheAppAndWhatIsBelowIt() {
        mayUse("io.cairn.sim..", "io.cairn.sim..", "io.cairn.app..", "io.cairn.transfer..", "io.cairn.dht..");
    }

    @Test
    void onlyTheVerbSimAndTheSamplesSeeTheSimulator() {
        ArchRule rule = noClasses()
                .that(not(resideInAnyPackage("io.cairn.sim..", "io.cairn.shell.sim..", "io.cairn.samples..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.cairn.sim..");
        rule.check(ProductionClasses.ALL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.cairn.control..", "io.cairn.sim..", "io.cairn.shell.."})
    void onlyTheAppConstructsAnAdapter(String module) {
        notUse(
                module,
                "io.cairn.dht.net..",
                "io.cairn.transfer.net..",
                "io.cairn.transfer.store.state..",
                "io.cairn.transfer.store.part..");
    }

    @Test
    void nobodySeesTheShellOrTheSamples() {
        ArchRule rule = noClasses()
                .that(not(resideInAnyPackage("io.cairn.shell..", "io.cairn.samples..")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.cairn.shell..", "io.cairn.samples..");
        rule.allowEmptyShould(true).check(ProductionClasses.ALL);
    }

    @Test
    void samplesSeeTheAppAndTheSimulator() {
        notUse(
                "io.cairn.samples..",
                "io.cairn.shell..",
                "io.cairn.dht.net..",
                "io.cairn.transfer.net..",
                "io.cairn.transfer.store..");
    }

    @Test
    void onlyTheAppAndTheSimulatorKnowTheRoutingCore() {
        ArchRule rule = noClasses()
                .that(not(resideInAnyPackage("io.cairn.dht..", "io.cairn.app..", "io.cairn.sim..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.cairn.dht.kad..");
        rule.allowEmptyShould(true).check(ProductionClasses.ALL);
    }

    @Test
    void packagesFormNoCircle() {
        SlicesRuleDefinition.slices()
                .matching("io.cairn.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(ProductionClasses.ALL);
    }

    private static void mayUse(String module, String... allowed) {
        ArchRule rule = classes()
                .that()
                .resideInAPackage(module)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(not(resideInAnyPackage("io.cairn.."))));
        rule.allowEmptyShould(true).check(ProductionClasses.ALL);
    }

    private static void notUse(String module, String... forbidden) {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden);
        rule.allowEmptyShould(true).check(ProductionClasses.ALL);
    }
}
