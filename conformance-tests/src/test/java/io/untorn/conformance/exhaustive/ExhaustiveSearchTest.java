package io.untorn.conformance.exhaustive;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.agent.protocol.SystemCallFault;
import io.untorn.conformance.coverage.VisitedStates;
import io.untorn.conformance.finding.Counterexample;
import io.untorn.conformance.judge.DeviationPolicy;
import io.untorn.conformance.report.TextReport;
import io.untorn.conformance.result.Effort;
import io.untorn.conformance.result.Settings;
import io.untorn.conformance.result.TargetResult;
import io.untorn.conformance.run.ConformanceSuite;
import io.untorn.conformance.run.SearchFile;
import io.untorn.conformance.run.Session;
import io.untorn.conformance.run.SilentListener;
import io.untorn.model.history.Environment;
import io.untorn.model.history.History;
import io.untorn.model.history.KernelUnderTest;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Statx;
import io.untorn.model.oracle.Oracle;
import io.untorn.model.oracle.RuleCheck;
import io.untorn.model.oracle.Verdict;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Specification;
import io.untorn.model.target.Facility;
import io.untorn.model.target.Target;
import io.untorn.simulated.SimulatedFault;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tries all short sequences on the simulated kernel. */
final class ExhaustiveSearchTest {
    private static final String RELEASE = "7.3.4+deb13";

    @TempDir
    Path output;

    @ParameterizedTest
    @CsvSource({"1, bdev, 30", "1, ext4, 50", "2, bdev, 204", "2, ext4, 925", "2, ext4-bigalloc, 1410", "2, xfs, 1853"})
    void conformingKernelPassesAllSequences(int length, String target, int states) {
        Session session = session(length, new SimulatedKernel(SimulatedMachine.linux(RELEASE)));
        ConformanceSuite.Result suite = ConformanceSuite.run(session, List.of(target));

        assertThat(suite.failures()).isEmpty();
        assertThat(session.targetResults()).singleElement().satisfies(result -> {
            System.out.print(TextReport.table(List.of(result)));
            ExhaustiveSearch search = result.search().orElseThrow();
            assertThat(search).matches(ExhaustiveSearch::isComplete, "is complete");
            assertThat(search.ran() + search.skipped())
                    .isEqualTo(all(search.alphabet().size(), length));
            assertThat(result.tries() + result.unjudged()).isEqualTo(1 + search.ran());
            assertThat(result.coverage().states()).isEqualTo(states);
        });
    }

    private static long all(long letters, int length) {
        return length == 1 ? letters : letters + letters * letters;
    }

    @ParameterizedTest
    @CsvSource({
        "MISALIGNED_OFFSET_ACCEPTED, ext4, 1, offset-naturally-aligned, 1",
        "STATX_SIZE_ROUNDED, ext4, 1, statx-tells-size-and-limits, 1",
        "READ_ONLY_ACCEPTED, xfs, 2, opened-for-writing, 2",
        "CUT_AT_SIZE_LIMIT, xfs, 2, atomic-write-is-not-cut-at-size-limit, 2"
    })
    void faultIsFoundByTheShortestSequence(
            SimulatedFault fault, String target, int length, String rule, int operations) {
        Session session = session(
                length, new SimulatedKernel(SimulatedMachine.linux(RELEASE).with(fault)));
        ConformanceSuite.run(session, List.of(target));

        TargetResult result = session.targetResults().iterator().next();
        assertThat(result.counterexamples())
                .filteredOn(found -> found.violation().rule().id().equals(rule))
                .first()
                .satisfies(found -> {
                    assertThat(found.trace().operations()).hasSize(operations);
                    assertThat(found.shown()).isEqualTo(found.repeats());
                    assertThat(found.file()).exists();
                });
    }

    /** From the same abstract state on, the same rule decides about each operation; nothing that a rule says is lost. */
    @Test
    void skippedSequencesReachNoOtherRule() {
        Session session = session(2, new SimulatedKernel(SimulatedMachine.linux(RELEASE)));
        ConformanceSuite.run(session, List.of("xfs"));
        TargetResult pruned = session.targetResults().iterator().next();

        KernelUnderTest kernel = new SimulatedKernel(SimulatedMachine.linux(RELEASE));
        Specification specification = pruned.specification();
        kernel.prepare(pruned.target());
        Set<String> reached = new TreeSet<>();
        VisitedStates visited = new VisitedStates();
        Set<Long> met = new HashSet<>();
        Map<List<Object>, Rule> decisions = new HashMap<>();
        Oracle oracle = new Oracle(specification);
        List<Operation> alphabet = pruned.search().orElseThrow().alphabet();
        for (Operation first : alphabet) {
            for (Operation second : alphabet) {
                Trace trace = new Trace(pruned.target(), List.of(first, second));
                Verdict verdict = oracle.judge(kernel.run(trace.withReadBack()), (operation, on) -> {
                    visited.beforeOperation(operation, on);
                    if (on.index() == 1) {
                        Rule rule = specification.decide(operation, on).rule();
                        assertThat(decisions.merge(List.of(visited.after(1), operation), rule, (known, same) -> known))
                                .isEqualTo(rule);
                    }
                });
                reached.addAll(verdict.reached().keySet());
                IntStream.rangeClosed(0, 2).mapToObj(visited::after).forEach(met::add);
            }
        }

        assertThat(pruned.search().orElseThrow().skipped()).isPositive();
        assertThat(pruned.checks().keySet())
                .extracting(RuleCheck::rule)
                .containsAll(reached)
                .isSubsetOf(reached);
        assertThat(pruned.coverage().counts().states()).containsAll(met);
    }

    @Test
    void anInterruptedSearchTriesEachSequenceOnce() {
        Interrupted never = new Interrupted(RELEASE, Integer.MAX_VALUE);
        TargetResult whole = run(never);
        SearchFile.remove(output, List.of("ext4"), 2);

        List<Trace> tried = new ArrayList<>();
        TargetResult last;
        do {
            Interrupted soon = new Interrupted(RELEASE, 700);
            last = run(soon);
            tried.addAll(soon.tried);
        } while (!last.search().orElseThrow().isComplete());

        assertThat(new HashSet<>(tried)).hasSameSizeAs(tried);
        assertThat(tried).isEqualTo(never.tried);
        assertThat(last.counts().coverage()).isEqualTo(whole.counts().coverage());
        assertThat(last.checks()).isEqualTo(whole.checks());
        assertThat(last.search().orElseThrow().progress())
                .isEqualTo(whole.search().orElseThrow().progress());
    }

    @Test
    void findingsSurviveAnInterruptedSearch() {
        SimulatedMachine faulty = SimulatedMachine.linux(RELEASE).with(SimulatedFault.STATX_SIZE_ROUNDED);
        TargetResult first = run(new Interrupted(faulty, 400));
        assertThat(first.search()).get().matches(search -> !search.isComplete(), "is not complete");
        List<Counterexample> found = first.counterexamples();
        assertThat(found).isNotEmpty();

        TargetResult resumed = run(new Interrupted(faulty, 5));
        assertThat(resumed.counterexamples()).containsExactlyElementsOf(found);
        assertThat(resumed.seenAgain(found.get(0))).isGreaterThanOrEqualTo(first.seenAgain(found.get(0)));
        assertThat(resumed.search().orElseThrow().ran())
                .isGreaterThanOrEqualTo(first.search().orElseThrow().ran());
    }

    @Test
    void aSearchResumesOnTheSameKernelFromAWholeFile() throws IOException {
        run(new Interrupted(RELEASE, 100));
        assertThat(refusal("6.18.15"))
                .hasMessageContaining("exhaustive-ext4-2.json is of a search on " + RELEASE + " against linux-7.3, and "
                        + "this is one on 6.18.15 against linux-6.18: --restart starts again");

        Path file = output.resolve("exhaustive-ext4-2.json");
        Files.writeString(file, Files.readString(file).replace("\"identity\":\"", "\"identity\":\"0"));
        assertThat(refusal(RELEASE)).hasMessageContaining("is of another search");

        Files.writeString(file, "{");
        assertThat(refusal(RELEASE)).hasMessageContaining("does not say how far a search is");
    }

    private UntornException refusal(String release) {
        Session session = session(2, new Interrupted(release, Integer.MAX_VALUE));
        ConformanceSuite.run(session, List.of("ext4"));
        UntornException failure = session.failure().orElseThrow();
        assertThat(failure.category()).isEqualTo(UntornException.Category.CALLER);
        return failure;
    }

    private TargetResult run(KernelUnderTest kernel) {
        Session session = session(2, kernel);
        ConformanceSuite.run(session, List.of("ext4"));
        return session.targetResults().iterator().next();
    }

    /** Ends like a machine that is gone, at a trace; what was not tried for that stays to be tried. */
    private static final class Interrupted implements KernelUnderTest {
        private final KernelUnderTest kernel;
        private final List<Trace> tried = new ArrayList<>();
        private final int most;

        Interrupted(String release, int most) {
            this(SimulatedMachine.linux(release), most);
        }

        Interrupted(SimulatedMachine machine, int most) {
            kernel = new SimulatedKernel(machine);
            this.most = most;
        }

        @Override
        public Environment prepare(Target target) {
            return kernel.prepare(target);
        }

        @Override
        public History run(Trace trace) {
            if (tried.size() == most) {
                throw UntornException.machinery("gone");
            }
            History history = kernel.run(trace);
            if (!trace.equals(new Trace(trace.target(), List.of(new Statx())).withReadBack())) {
                tried.add(trace);
            }
            return history;
        }

        @Override
        public void rearmWarnings() {}

        @Override
        public Set<Facility> facilities() {
            return Set.of();
        }

        @Override
        public void close() {
            kernel.close();
        }
    }

    private Session session(int length, KernelUnderTest kernel) {
        Settings settings = new Settings(
                "simulated",
                Optional.empty(),
                Optional.empty(),
                Effort.DEFAULT.exhausting(length),
                1,
                DeviationPolicy.STRICT,
                SystemCallFault.NONE,
                output);
        return new Session(settings, new SilentListener(), () -> kernel);
    }
}
