package io.untorn.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds histories in which everything but the last operation goes right, and judges them. */
final class Histories {
    static final Target DEVICE = new Target("bdev", TargetKind.BLOCK_DEVICE, 512);
    static final Target EXT4 = new Target("ext4", TargetKind.EXT4, 4096);
    static final Target XFS = new Target("xfs", TargetKind.XFS, 4096);

    private static final DiskLimits DISK = new DiskLimits(1024, 65536);

    private Histories() {}

    /** Return what a trace finds on a release: a disk of 1 KiB to 64 KiB, a device of 3 MiB, an empty file. */
    static Environment environment(String release, Target target) {
        KernelVersion version = KernelVersion.parse(release);
        boolean atomic = version.isAtLeast(new KernelVersion(6, target.kind().isFile() ? 13 : 11));
        boolean software = version.isAtLeast(new KernelVersion(6, 16));
        Limits limits =
                switch (target.kind()) {
                    case BLOCK_DEVICE -> new Limits(1024, 65536, 0, 1, true);
                    case EXT4 -> new Limits(4096, 4096, 0, 1, true);
                    case XFS ->
                        software ? new Limits(4096, 1 << 20, 65536, 1, true) : new Limits(4096, 4096, 0, 1, true);
                };
        return new Environment(
                release,
                atomic ? limits : Limits.NONE,
                DISK,
                version.isAtLeast(new KernelVersion(6, 11)) ? DISK : DiskLimits.NONE,
                512,
                target.kind().isFile() ? 0 : 3 << 20);
    }

    /** Judge an operation's outcome after others that did what they must. */
    static Verdict judge(String release, Target target, List<Operation> before, Operation last, Outcome outcome) {
        Environment environment = environment(release, target);
        Specification specification = Specification.linux(environment.kernel(), target.kind());
        List<Step> steps = new ArrayList<>();
        FileState state = FileState.pristine(environment);
        for (Operation operation : before) {
            int at = steps.size();
            Expectation.Exactly right =
                    specification
                            .decide(operation, new Situation(target, environment, state, at))
                            .expectation()
                            .permits()
                            .stream()
                            .filter(Expectation.Exactly.class::isInstance)
                            .map(Expectation.Exactly.class::cast)
                            .findFirst()
                            .orElseThrow();
            steps.add(new Step(operation, at, at, right.outcome()));
            state = right.next();
        }
        steps.add(new Step(last, steps.size(), steps.size(), outcome));
        List<Operation> operations = steps.stream().map(Step::operation).toList();
        return new Oracle(specification)
                .judge(new History(new Trace(target, operations), environment, steps, List.of(), List.of()));
    }

    /** Return the id of the rule that a verdict finds broken. */
    static Optional<String> broken(Verdict verdict) {
        return verdict.violation().map(violation -> violation.rule().id());
    }
}
