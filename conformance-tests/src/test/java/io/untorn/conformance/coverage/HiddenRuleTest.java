package io.untorn.conformance.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.conformance.generate.AuditSample;
import io.untorn.conformance.run.Simulated;
import io.untorn.model.contents.TooManyWorldsException;
import io.untorn.model.history.Environment;
import io.untorn.model.history.History;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Operation;
import io.untorn.model.oracle.Distinction;
import io.untorn.model.oracle.JudgementListener;
import io.untorn.model.oracle.Oracle;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Situation;
import io.untorn.model.rule.Specification;
import io.untorn.model.rules.SpecificationName;
import io.untorn.model.target.Facility;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the list of rules that nothing tells apart against what traces tell apart. */
final class HiddenRuleTest {
    private static final Set<Facility> ENGINES = Set.of(Facility.IO_URING, Facility.LIBAIO);
    private static final int TRACES = 1000;
    private static final int MOST_SEEDS = 8;

    static Stream<Arguments> targets() {
        List<Arguments> targets = new ArrayList<>();
        for (Target target : List.of(Simulated.DEVICE, Simulated.EXT4, Simulated.BIGALLOC, Simulated.XFS)) {
            for (String release : List.of("6.1.0", "6.12.0", "6.13.0", "6.16.0", "6.18.0", "7.3.4")) {
                targets.add(
                        Arguments.of(SimulatedMachine.linux(release), "linux-" + release.replace(".0", ""), target));
            }
            targets.add(Arguments.of(SimulatedMachine.linux("6.12.0"), "promise", target));
            targets.add(Arguments.of(SimulatedMachine.linux("7.3.4"), "promise", target));
            if (target.kind() == TargetKind.EXT4) {
                targets.add(Arguments.of(SimulatedMachine.rfc(), "rfc-ext4-2023", target));
            }
        }
        return targets.stream();
    }

    @ParameterizedTest(name = "{1} on {2}")
    @MethodSource("targets")
    void aRuleIsToldApartOrListedWithWhatHidesIt(SimulatedMachine machine, String name, Target target) {
        SimulatedKernel kernel = new SimulatedKernel(machine);
        Environment environment = kernel.prepare(target);
        Specification specification = SpecificationName.parse(
                        name.startsWith("linux") ? "linux-" + environment.kernel() : name)
                .on(target.kind(), environment.kernel());
        Set<String> wanted = new HashSet<>();
        for (Rule rule : specification.reachable(target.kind(), environment.limits(), ENGINES)) {
            if (rule.check() instanceof Rule.Answer<?>
                    && HiddenRule.of(rule, target.kind(), environment).isEmpty()) {
                wanted.add(rule.id());
            }
        }
        Tally tally = new Tally(specification);
        AuditSample audits = new AuditSample();
        int unjudged = 0;
        for (long seed = 1; seed == 1 || (seed <= MOST_SEEDS && !tally.toldApart.containsAll(wanted)); seed++) {
            for (Trace drawn : Simulated.traces(target, environment, ENGINES, TRACES, seed)) {
                History history = kernel.run(audits.sampled(drawn).withReadBack());
                audits.ran(history);
                try {
                    new Oracle(specification).judge(history, tally);
                } catch (TooManyWorldsException e) {
                    unjudged++;
                }
            }
        }
        assertThat(unjudged).isLessThan(TRACES / 20);

        Map<String, Set<String>> hidden = new TreeMap<>();
        Map<String, Set<String>> listed = new TreeMap<>();
        for (Rule rule : specification.reachable(target.kind(), environment.limits(), ENGINES)) {
            if (rule.check() instanceof Rule.Answer<?> && !tally.toldApart.contains(rule.id())) {
                hidden.put(rule.id(), tally.hiding.getOrDefault(rule.id(), Set.of()));
            }
            Optional<HiddenRule> entry = HiddenRule.of(rule, target.kind(), environment);
            entry.ifPresent(one -> listed.put(rule.id(), new TreeSet<>(one.by())));
        }
        assertThat(hidden.keySet())
                .as("rules that nothing told apart, and what hid them: " + hidden)
                .isEqualTo(listed.keySet());
        hidden.forEach((rule, by) ->
                assertThat(listed.get(rule)).as("what hides " + rule).containsAll(by));
    }

    /** Which rules operations told apart, and what hid the others from the rest. */
    private static final class Tally implements JudgementListener {
        private final Distinction distinction;
        private final Set<String> toldApart = new HashSet<>();
        private final Map<String, Set<String>> hiding = new TreeMap<>();

        Tally(Specification specification) {
            distinction = new Distinction(specification);
        }

        @Override
        public void beforeOperation(Operation operation, Situation on) {}

        @Override
        public void decided(Operation operation, Situation on, Specification.Decision decision) {
            String id = decision.rule().id();
            if (!toldApart.contains(id)) {
                distinction
                        .hiding(operation, on)
                        .ifPresentOrElse(
                                by -> hiding.computeIfAbsent(id, rule -> new TreeSet<>())
                                        .add(by.id()),
                                () -> toldApart.add(id));
            }
        }
    }
}
