package io.untorn.model.oracle;

import io.untorn.model.history.Environment;
import io.untorn.model.history.History;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.history.Trace;
import io.untorn.model.limits.Disk;
import io.untorn.model.limits.QueueGeometry;
import io.untorn.model.limits.QueueLimits;
import io.untorn.model.limits.ScsiProfile;
import io.untorn.model.limits.StatxAnswer;
import io.untorn.model.limits.XfsGeometry;
import io.untorn.model.operation.Operation;
import io.untorn.model.rule.Expectation;
import io.untorn.model.rule.PageCaching;
import io.untorn.model.rule.Situation;
import io.untorn.model.rule.Specification;
import io.untorn.model.rules.Specifications;
import io.untorn.model.state.FileState;
import io.untorn.model.state.PageCaches;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Builds histories in which everything but the last operation goes right, and judges them. */
public final class Histories {
    public static final Target DEVICE = new Target("bdev", TargetKind.BLOCK_DEVICE, 512, 512, false);
    public static final Target EXT4 = new Target("ext4", TargetKind.EXT4, 4096, 4096, false);
    public static final Target XFS = new Target("xfs", TargetKind.XFS, 4096, 4096, true);

    private Histories() {}

    /** Return what a trace finds on a release: a disk of 1 KiB to 64 KiB, a device of 3 MiB, an empty file. */
    public static Environment environment(String release, Target target) {
        KernelVersion version = KernelVersion.parse(release);
        boolean known = version.isAtLeast(new KernelVersion(6, 11));
        QueueLimits queue = known ? new QueueLimits(1024, 65536, 65536, 0) : QueueLimits.NONE;
        XfsGeometry xfs = target.kind() == TargetKind.XFS
                ? new XfsGeometry(4096, 20480, 512, 512, true, false, false)
                : XfsGeometry.NONE;
        StatxAnswer statx =
                switch (target.kind()) {
                    case BLOCK_DEVICE -> StatxAnswer.ofDevice(queue, version);
                    case EXT4 ->
                        version.isAtLeast(new KernelVersion(6, 13))
                                ? StatxAnswer.filled(4096, target.clusterSize(), 0, version)
                                : StatxAnswer.SILENT;
                    case XFS -> xfs.statx(queue, version, XfsGeometry.NO_OPTION);
                };
        Disk disk = new Disk(
                new ScsiProfile(128, 2, 2, 128, 128, 512, 512, 0),
                new QueueGeometry(1 << 19, 2048, 512, 4096, 0),
                queue);
        return new Environment(release, statx, disk, xfs, 512, 4, target.kind().isFile() ? 0 : 3 << 20);
    }

    /** Return the target of a kind. */
    public static Target of(TargetKind kind) {
        return switch (kind) {
            case BLOCK_DEVICE -> DEVICE;
            case EXT4 -> EXT4;
            case XFS -> XFS;
        };
    }

    /** Judge an operation's outcome after others that did what they must. */
    public static Verdict judge(
            String release, Target target, List<Operation> before, Operation last, Outcome outcome) {
        List<Step> steps = right(release, target, before).steps();
        return judge(release, target, steps, new Step(last, steps.size(), steps.size(), outcome));
    }

    /** Judge steps. */
    public static Verdict judge(String release, Target target, List<Step> before, Step last) {
        Environment environment = environment(release, target);
        List<Step> steps = Stream.concat(before.stream(), Stream.of(last)).toList();
        List<Operation> operations = steps.stream().map(Step::operation).toList();
        return new Oracle(Specifications.linux(environment.kernel(), target.kind()))
                .judge(new History(new Trace(target, operations), environment, steps, List.of(), List.of()));
    }

    /** Return the world after operations that did what they must. */
    public static FileState after(String release, Target target, List<Operation> operations) {
        return right(release, target, operations).state();
    }

    private static Right right(String release, Target target, List<Operation> operations) {
        Environment environment = environment(release, target);
        Specification specification = Specifications.linux(environment.kernel(), target.kind());
        List<Step> steps = new ArrayList<>();
        FileState state = FileState.pristine(environment);
        PageCaches cached = PageCaching.atStart(target);
        for (Operation operation : operations) {
            int at = steps.size();
            Situation met = new Situation(target, environment, state, cached, at);
            Expectation.Exactly right = specification.decide(operation, met).expectation().permits().stream()
                    .filter(Expectation.Exactly.class::isInstance)
                    .map(Expectation.Exactly.class::cast)
                    .findFirst()
                    .orElseThrow();
            Step step = new Step(operation, at, at, right.outcome());
            steps.add(step);
            cached = PageCaching.after(step, met);
            state = right.next();
        }
        return new Right(steps, state);
    }

    private record Right(List<Step> steps, FileState state) {}

    /** Return the id of the rule that a verdict finds broken. */
    public static Optional<String> broken(Verdict verdict) {
        return verdict.violation().map(violation -> violation.rule().id());
    }
}
