package io.untorn.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.EvaluationResult;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.untorn.model.history.KernelUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that packages use each other only in the direction of the data: generate, execute, judge, report. */
final class ArchitectureTest {
    private static final String ROOT = "io.untorn.";

    /** The packages, from the bottom up: each uses only those before it. */
    private static final List<String> PACKAGES = List.of(
            // what is done and what came of it: plain data
            "model.target",
            "model.contents",
            "model.limits",
            "model.operation",
            "model.console",
            "model.history",
            // execute: in the guest, and around it; knows no rule
            "agent.linux.struct",
            "agent.linux",
            "agent.logging",
            "agent.protocol",
            "agent",
            "kernelconfigs",
            "vm.host",
            "vm.cache",
            "vm.kernel",
            "vm.build",
            "vm.guest",
            "vm.qemu",
            "vm",
            // judge: what a kernel may do
            "model.state",
            "model.rule",
            "model.rules",
            "model.oracle",
            // generate: what to do, and shorter
            "conformance.file",
            // what a run begins with
            "conformance.corpus",
            "conformance.shrink",
            "conformance.generate.partition",
            "conformance.generate",
            "conformance.coverage",
            "conformance.exhaustive",
            // judge: what a kernel did
            "conformance.wording",
            "conformance.deviation",
            "conformance.judge",
            // report
            "conformance.picture",
            "conformance.reproducer",
            "conformance.finding",
            "conformance.result",
            "conformance.report",
            // the run, which ties all of these together
            "conformance.run",
            "conformance.trial",
            "cli");

    private static final int MOST_CLASSES = 40;

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.untorn");

    private static ArchRule eachUsesOnlyPackagesBefore(List<String> packages) {
        return classes().should(new ArchCondition<>("use only packages that stand before their own") {
            @Override
            public void check(JavaClass one, ConditionEvents events) {
                one.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> isOurs(dependency.getTargetClass()))
                        .filter(dependency -> place(dependency.getTargetClass(), packages) > place(one, packages))
                        .map(Dependency::getDescription)
                        .forEach(description -> events.add(SimpleConditionEvent.violated(one, description)));
            }
        });
    }

    private static boolean isOurs(JavaClass one) {
        return one.getPackageName().startsWith(ROOT);
    }

    private static int place(JavaClass one, List<String> packages) {
        int place = packages.indexOf(one.getPackageName().substring(ROOT.length()));
        assertThat(place)
                .as("place of package " + one.getPackageName() + " in PACKAGES")
                .isNotNegative();
        return place;
    }

    @Test
    void dataFlowsOneWay() {
        eachUsesOnlyPackagesBefore(PACKAGES).check(CODE);
    }

    @Test
    void aPackageThatUsesALaterOneIsReported() {
        List<String> swapped = new ArrayList<>(PACKAGES);
        Collections.swap(swapped, swapped.indexOf("model.operation"), swapped.indexOf("model.rules"));

        EvaluationResult result = eachUsesOnlyPackagesBefore(swapped).evaluate(CODE);

        assertThat(result.getFailureReport().getDetails())
                .anyMatch(line -> line.contains("io.untorn.model.rules.FallocateRules")
                        && line.contains("io.untorn.model.operation.Fallocate"));
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.untorn.(**)").should().beFreeOfCycles().check(CODE);
    }

    @Test
    void generatorsCallNoKernel() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.untorn.conformance.generate..",
                        "io.untorn.conformance.shrink..",
                        "io.untorn.conformance.exhaustive..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.untorn.vm..", "io.untorn.agent..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(KernelUnderTest.class)
                .check(CODE);
    }

    @Test
    void theModelDoesNoInputOrOutput() {
        noClasses()
                .that()
                .resideInAPackage("io.untorn.model..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels..", "java.net..")
                .check(CODE);
    }

    @Test
    void packagesAreSmall() {
        Map<String, Long> sizes = CODE.stream()
                .filter(one -> one.isTopLevelClass() && !one.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new, Collectors.counting()));

        assertThat(sizes).allSatisfy((name, size) -> assertThat(size)
                .as("classes in " + name + ": make packages of it")
                .isLessThanOrEqualTo(MOST_CLASSES));
        assertThat(sizes.keySet())
                .as("packages, of which PACKAGES names each")
                .containsExactlyInAnyOrderElementsOf(
                        PACKAGES.stream().map(ROOT::concat).toList());
    }

    @Test
    void eachPackageIsDescribed() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            Map<Path, List<Path>> packages = files.filter(
                            file -> file.toString().contains("/src/main/java/io/")
                                    && file.toString().endsWith(".java"))
                    .collect(Collectors.groupingBy(Path::getParent, TreeMap::new, Collectors.toList()));

            assertThat(packages).hasSizeGreaterThan(PACKAGES.size()).allSatisfy((folder, sources) -> assertThat(
                            folder.resolve("package-info.java"))
                    .content()
                    .as("what lives in " + folder)
                    .containsPattern("(?s)/\\*\\*.*[.].*\\*/\\s*@NullMarked"));
        }
    }
}
