package io.untorn.benchmarks;

import io.untorn.model.history.Environment;
import io.untorn.model.history.History;
import io.untorn.model.history.Step;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Sync;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Oracle;
import io.untorn.model.oracle.Verdict;
import io.untorn.model.rule.Expectation;
import io.untorn.model.rule.Situation;
import io.untorn.model.rule.Specification;
import io.untorn.model.rules.Specifications;
import io.untorn.model.state.FileState;
import io.untorn.model.state.PageCaches;
import io.untorn.model.target.TargetKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Operations judged per second, on one core: traces of 50 operations over a file of 1 MiB. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class OracleBenchmark {
    private static final int TRACES = 64;
    private static final int OPERATIONS = 50;
    private static final int FILE = 1 << 20;

    private final List<History> histories = new ArrayList<>();
    private final Specification specification = Specifications.linux(Xfs.KERNEL, TargetKind.XFS);
    private final Oracle oracle = new Oracle(specification);

    /** Make histories in which every operation does what the specification requires. */
    @Setup
    public void makeHistories() {
        Environment environment = Xfs.environment();
        Random random = new Random(1);
        for (int i = 0; i < TRACES; i++) {
            List<Step> steps = new ArrayList<>();
            FileState state = FileState.pristine(environment);
            for (int at = 0; at < OPERATIONS; at++) {
                Operation operation = at == 0 ? new Truncate(FILE) : operation(random);
                Expectation.Exactly right = (Expectation.Exactly) specification
                        .decide(operation, new Situation(Xfs.TARGET, environment, state, PageCaches.ANY, at))
                        .expectation()
                        .permits()
                        .get(0);
                steps.add(new Step(operation, at, at, right.outcome()));
                state = right.next();
            }
            List<Operation> operations = steps.stream().map(Step::operation).toList();
            histories.add(new History(new Trace(Xfs.TARGET, operations), environment, steps, List.of(), List.of()));
        }
    }

    private static Operation operation(Random random) {
        int length = Xfs.BLOCK << random.nextInt(5);
        long place = random.nextInt(FILE / length) * (long) length;
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> Write.atomic(place, length);
            case 4 -> Write.atomic(place + 512, length);
            case 5, 6 -> Write.plain(Access.BUFFERED, place, length - 8);
            case 7, 8 -> Read.plain(Access.DIRECT, place, length);
            default -> random.nextBoolean() ? Sync.fsync() : new Fallocate(Fallocate.Mode.PUNCH_HOLE, place, length);
        };
    }

    /** Judge all histories. */
    @Benchmark
    @OperationsPerInvocation(TRACES * OPERATIONS)
    public int operationsJudged() {
        int judged = 0;
        for (History history : histories) {
            Verdict verdict = oracle.judge(history);
            if (!verdict.conforms()) {
                throw new IllegalStateException(verdict.toString());
            }
            judged += verdict.judged();
        }
        return judged;
    }
}
