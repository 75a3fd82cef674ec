package io.cairn.samples.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import java.util.Collection;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The core reads no clock, draws no random numbers of its own, never waits and opens no socket, so that the same code runs in the
 * simulator, and one seed reproduces any run.
 */
class TheCoreIsPureTest {
    @ParameterizedTest
    @CsvSource({
        "java.lang.System, currentTimeMillis|nanoTime",
        "java.time.Instant, now",
        "java.time.Clock, system.*|tick.*",
        "java.time.(Local|Zoned|Offset)(Date|Time|DateTime), now",
        "java.lang.Thread, sleep|onSpinWait|yield",
        "java.lang.Math, random",
        "java.util.UUID, randomUUID",
        "java.util.Collections, shuffle",
        "java.util.concurrent.ThreadLocalRandom, .*",
        "java.util.random.RandomGenerator, of|getDefault"
    })
    void theCoreNeverCalls(String ownerPattern, String methodPattern) {
        noClasses()
                .that()
                .resideInAnyPackage(ProductionClasses.CORE)
                .should()
                .accessTargetWhere(useOf(ownerPattern, methodPattern))
                .check(ProductionClasses.ALL);
    }

    @ParameterizedTest
    @CsvSource({
        "java.lang.Object, wait",
        "java.lang.Thread, start|join",
        "java.util.concurrent.(CompletableFuture|Future), get|join",
        "java.util.concurrent.CompletableFuture, .*Async|delayedExecutor|orTimeout|completeOnTimeout"
    })
    void theLoopNeverWaits(String ownerPattern, String methodPattern) {
        noClasses()
                .that()
                .resideInAnyPackage(ProductionClasses.LOOP)
                .should()
                .accessTargetWhere(useOf(ownerPattern, methodPattern))
                .check(ProductionClasses.ALL);
    }

    @Test
    void theCoreMakesNoRandomGenerator() {
        noClasses()
                .that()
                .resideInAnyPackage(ProductionClasses.CORE)
                .should()
                .accessTargetWhere(JavaAccess.Predicates.target(owner(assignableTo(Random.class)))
                        .and(JavaAccess.Predicates.target(name(JavaConstructor.CONSTRUCTOR_NAME))))
                .check(ProductionClasses.ALL);
    }

    @Test
    void theCoreOpensNoSocket() {
        noClasses()
                .that()
                .resideInAnyPackage(ProductionClasses.CORE)
                .should()
                .dependOnClassesThat(nameMatching(
                        "java\\.net\\..*Socket.*" + "|java\\.nio\\.channels\\.(.*Socket.*|Datagram.*|Selector.*)"))
                .check(ProductionClasses.ALL);
    }

    @Test
    void theLoopHasNoThreadsAndNoLocks() {
        noClasses()
                .that()
                .resideInAnyPackage(ProductionClasses.LOOP)
                .should()
                .dependOnClassesThat(
                        nameMatching("java\\.util\\.concurrent\\.(Executors|Semaphore|CountDownLatch|locks\\..*)"))
                .check(ProductionClasses.ALL);
        noMethods()
                .that()
                .areDeclaredInClassesThat(resideInAnyPackage(ProductionClasses.LOOP)
                        .and(not(resideInAnyPackage(ProductionClasses.GENERATED))))
                .should()
                .haveModifier(SYNCHRONIZED)
                .check(ProductionClasses.ALL);
    }

    @Test
    void staticFieldsAreFinal() {
        fields().that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat(not(resideInAnyPackage(ProductionClasses.GENERATED)))
                .should()
                .haveModifier(FINAL)
                .check(ProductionClasses.ALL);
    }

    @Test
    void nothingStaticCounts() {
        noFields()
                .that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat(not(resideInAnyPackage(ProductionClasses.GENERATED)))
                .should()
                .haveRawType(DescribedPredicate.or(
                        nameMatching("java\\.util\\.concurrent\\.atomic\\..*").forSubtype(),
                        assignableTo(Random.class),
                        concrete(Collection.class),
                        concrete(Map.class)))
                .check(ProductionClasses.ALL);
    }

    private static DescribedPredicate<JavaClass> concrete(Class<?> type) {
        return assignableTo(type).and(not(JavaClass.Predicates.INTERFACES)).as("a mutable " + type.getSimpleName());
    }

    /** Calls and method references alike. */
    private static DescribedPredicate<JavaAccess<?>> useOf(String ownerPattern, String methodPattern) {
        return JavaAccess.Predicates.target(owner(nameMatching(ownerPattern)))
                .and(JavaAccess.Predicates.target(nameMatching(methodPattern)))
                .as("is " + ownerPattern + "." + methodPattern);
    }
}
