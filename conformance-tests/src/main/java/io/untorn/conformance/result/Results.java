package io.untorn.conformance.result;

import io.untorn.agent.protocol.SystemCallFault;
import io.untorn.conformance.file.ModelFile;
import io.untorn.conformance.finding.Findings;
import io.untorn.conformance.generate.partition.Partition;
import io.untorn.conformance.judge.DeviationPolicy;
import io.untorn.conformance.judge.Judge;
import io.untorn.model.history.Environment;
import io.untorn.model.rule.Specification;
import io.untorn.model.rules.SpecificationName;
import io.untorn.model.target.Facility;
import io.untorn.model.target.Target;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a run came to, in a file: {@code results.json} beside the findings. Those of several runs can be joined.
 *
 * @param settings what the run was asked for, into the folder that the file is in
 * @param shard which part of the work it did
 * @param targets the names of the targets that it was to judge
 * @param failure why it ended early, if it did
 * @param targetResults what it did on each target
 */
public record Results(
        Settings settings,
        Shard shard,
        List<String> targets,
        Optional<UntornException> failure,
        List<TargetResult> targetResults) {
    private static final String FILE = "results.json";
    private static final ModelFile<Form> FILES = new ModelFile<>(
            "the results of a run", 5, Form.class, "operations", "It is a trace: ./untorn replay runs it");

    public Results {
        targets = List.copyOf(targets);
        targetResults = List.copyOf(targetResults);
    }

    /**
     * What the file holds. What is not there is empty.
     *
     * @param specification as it was named
     */
    private record Form(
            int version,
            String kernel,
            String modules,
            String specification,
            String fault,
            boolean strict,
            Set<String> fixed,
            long seed,
            String shard,
            List<String> targets,
            List<Failure> failures,
            List<OnTarget> ran) {}

    private record Failure(UntornException.Category category, String message) {
        UntornException exception() {
            return category == UntornException.Category.CALLER
                    ? UntornException.caller(message)
                    : UntornException.machinery(message);
        }
    }

    private record OnTarget(
            Target target,
            Environment environment,
            Set<Facility> facilities,
            Map<Facility, String> lacks,
            TargetResult.Counts counts) {
        OnTarget(TargetResult result) {
            this(result.target(), result.environment(), result.facilities(), result.lacks(), result.counts());
        }

        TargetResult result(Form form, DeviationPolicy policy, Path folder) {
            Optional<SpecificationName> named = Optional.of(form.specification)
                    .filter(name -> !name.isEmpty())
                    .map(Judge::specification);
            Specification specification = Judge.specification(named, target, environment);
            TargetResult result = new TargetResult(
                    Partition.OF_ATOMIC_WRITES,
                    target,
                    environment,
                    specification,
                    facilities,
                    lacks,
                    Optional.empty(),
                    policy.tolerated());
            result.add(counts);
            result.replaceFound(found -> Findings.movedTo(folder, found));
            return result;
        }
    }

    /**
     * Write the file, into the folder of the findings.
     *
     * @throws UntornException if it can't be written: a failure of machinery
     */
    public void save() {
        Form form = new Form(
                FILES.version(),
                settings.kernel(),
                settings.modules().map(Path::toString).orElse(""),
                settings.specification().map(SpecificationName::toString).orElse(""),
                settings.fault().label(),
                settings.policy().strict(),
                settings.policy().fixed(),
                settings.seed(),
                shard.toString(),
                targets,
                failure.stream()
                        .map(reason -> new Failure(reason.category(), reason.getMessage()))
                        .toList(),
                targetResults.stream().map(OnTarget::new).toList());
        Path folder = settings.output();
        try {
            Files.createDirectories(folder);
            FILES.write(folder.resolve(FILE), form);
        } catch (IOException e) {
            throw UntornException.machinery("can't keep the results in " + folder + ": " + e, e);
        }
    }

    /** Return these with the reason why the run ended early, unless there is one already. */
    public Results failing(UntornException reason) {
        return new Results(settings, shard, targets, failure.or(() -> Optional.of(reason)), targetResults);
    }

    /** Remove the results of an earlier run from a folder. */
    public static void forget(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(FILE));
        } catch (IOException e) {
            throw UntornException.machinery("can't remove " + folder.resolve(FILE) + ": " + e, e);
        }
    }

    /** Tell whether a folder has results. */
    public static boolean areIn(Path folder) {
        return Files.exists(folder.resolve(FILE));
    }

    /**
     * Read the results in a folder, wherever that was when they were written.
     *
     * @throws UntornException if there are none: the caller's mistake
     */
    public static Results read(Path folder) {
        if (!areIn(folder)) {
            throw UntornException.caller(
                    "no " + FILE + " in " + folder + ": name the --output folder of a run that ended");
        }
        Form form = FILES.read(folder.resolve(FILE));
        DeviationPolicy policy = new DeviationPolicy(form.strict, form.fixed);
        Settings settings = new Settings(
                form.kernel,
                Optional.of(form.modules).filter(modules -> !modules.isEmpty()).map(Path::of),
                Optional.of(form.specification).filter(name -> !name.isEmpty()).map(Judge::specification),
                Effort.DEFAULT,
                form.seed,
                policy,
                SystemCallFault.labelled(form.fault).orElse(SystemCallFault.NONE),
                folder);
        return new Results(
                settings,
                Shard.parse(form.shard),
                form.targets,
                form.failures.stream().map(Failure::exception).findFirst(),
                form.ran.stream().map(ran -> ran.result(form, policy, folder)).toList());
    }

    /** Return the same, joined from others in a folder of its own, which gets the findings. */
    public Results into(Path output, Shard part) {
        targetResults.forEach(result -> result.replaceFound(found -> Findings.adopt(found, output)));
        return new Results(settings.into(output), part, targets, failure, targetResults);
    }

    /** Return what was counted on a target, if it was judged. */
    public Optional<TargetResult> on(String target) {
        return targetResults.stream()
                .filter(result -> result.target().name().equals(target))
                .findFirst();
    }

    /**
     * Return the exit code of a command with these results. A kernel conforms if it broke no rule and every rule was
     * reached on every target.
     */
    public ExitCode exitCode() {
        if (targetResults.stream().anyMatch(result -> !result.counterexamples().isEmpty())) {
            return ExitCode.DOES_NOT_CONFORM;
        }
        if (failure.isPresent()) {
            return ExitCode.of(failure.get().category());
        }
        boolean enough = targets.stream()
                .allMatch(target -> on(target).filter(TargetResult::isEnough).isPresent());
        return enough ? ExitCode.CONFORMS : ExitCode.MACHINERY_FAILED;
    }
}
