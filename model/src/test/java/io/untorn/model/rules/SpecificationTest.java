package io.untorn.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.history.Environment;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.Audit;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.ChangeAttribute;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.DropCaches;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.FillSpace;
import io.untorn.model.operation.FreeSpace;
import io.untorn.model.operation.HintExtentSize;
import io.untorn.model.operation.HoldMapping;
import io.untorn.model.operation.Layout;
import io.untorn.model.operation.LimitFileSize;
import io.untorn.model.operation.MapExtents;
import io.untorn.model.operation.MapLoad;
import io.untorn.model.operation.MapStore;
import io.untorn.model.operation.OpenMode;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.PowerCut;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.ReleaseMapping;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.Reopen;
import io.untorn.model.operation.Statx;
import io.untorn.model.operation.Sync;
import io.untorn.model.operation.TellPosition;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.TwinLoad;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Histories;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Situation;
import io.untorn.model.rule.Specification;
import io.untorn.model.state.FileState;
import io.untorn.model.state.PageCaches;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.TargetKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SpecificationTest {
    private static final List<Operation> ONE_OF_EACH = List.of(
            Write.atomic(0, 4096),
            Write.plain(Access.BUFFERED, 0, 4096),
            Write.atomic(0, 4096).toTwin(),
            Read.plain(Access.DIRECT, 0, 4096),
            new Truncate(0),
            new MapLoad(0, 4096),
            new TwinLoad(new MapLoad(0, 8)),
            new MapStore(0, 4096),
            new HoldMapping(0, 4096),
            new ReleaseMapping(),
            new TellPosition(Access.DIRECT),
            new Fallocate(Fallocate.Mode.ALLOCATE, 0, 4096),
            new Fallocate(Fallocate.Mode.ALLOCATE_KEEP_SIZE, 0, 4096),
            new Fallocate(Fallocate.Mode.PUNCH_HOLE, 0, 4096),
            new Fallocate(Fallocate.Mode.ZERO_RANGE, 0, 4096),
            new Fallocate(Fallocate.Mode.ZERO_RANGE_KEEP_SIZE, 0, 4096),
            new Fallocate(Fallocate.Mode.COLLAPSE_RANGE, 0, 4096),
            new Fallocate(Fallocate.Mode.INSERT_RANGE, 0, 4096),
            new Fallocate(Fallocate.Mode.UNSHARE_RANGE, 0, 4096),
            CloneRange.within(0, 4096, 4096),
            new Layout(Layout.Piece.WRITE, 0, 4096, 8192, 3),
            new Batch(List.of(
                    Write.atomic(0, 4096).through(Engine.LIBAIO),
                    Write.atomic(4096, 4096).through(Engine.LIBAIO))),
            new Batch(List.of(
                    Write.atomic(0, 4096).through(Engine.IO_URING),
                    Write.plain(Access.DIRECT, 0, 4096).through(Engine.IO_URING))),
            Sync.fsync(),
            new Sync(Sync.Way.SYNC_FILE_RANGE),
            new Sync(Sync.Way.FREEZE),
            new Reopen(OpenMode.READ_WRITE),
            new Remount(Remount.Way.LIVE, 0),
            new Remount(Remount.Way.UNMOUNT_AND_MOUNT, 65536),
            new Remount(Remount.Way.LIVE, 0, Remount.Notation.NOTHING),
            new LimitFileSize(4096),
            new FillSpace(FreeSpace.NOTHING),
            new DropCaches(),
            new HintExtentSize(65536),
            new ChangeAttribute(Attribute.DATA_JOURNALLED),
            new Statx(),
            new Statx(Statx.Via.LINK),
            new MapExtents(),
            new Audit(Audit.Aspect.PINNED_PAGES),
            new Audit(Audit.Aspect.FILE_SYSTEM),
            new Audit(Audit.Aspect.FREE_SPACE),
            new PowerCut());

    @ParameterizedTest
    @EnumSource
    void everyVersionSpeaksOfEveryOperation(TargetKind kind) {
        for (KernelVersion version : List.of(v("6.1"), v("6.11"), v("6.12"), v("6.13"), v("6.16"), v("7.3"))) {
            Environment environment = Histories.environment(version + ".0", Histories.of(kind));
            Situation situation =
                    new Situation(Histories.of(kind), environment, FileState.pristine(environment), PageCaches.ANY, 0);
            for (Specification specification : specifications(version, kind)) {
                assertThat(ONE_OF_EACH)
                        .filteredOn(operation ->
                                kind.isFile() || operation.seenByTwin().isEmpty())
                        .allSatisfy(operation -> assertThat(specification
                                        .decide(operation, situation)
                                        .expectation()
                                        .permits())
                                .isNotEmpty());
            }
        }
    }

    @Test
    void oneOfEachIsOneOfEach() {
        assertThat(ONE_OF_EACH.stream().<Class<?>>map(Operation::getClass).distinct())
                .containsExactlyInAnyOrder(Operation.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @EnumSource
    void rulesHaveNamesAndSentencesOfTheirOwn(TargetKind kind) {
        assertThat(specifications(v("7.3"), kind))
                .extracting(Specification::rules)
                .allSatisfy(rules -> {
                    assertThat(rules).extracting(Rule::id).doesNotHaveDuplicates();
                    assertThat(rules).extracting(Rule::sentence).doesNotHaveDuplicates();
                    assertThat(rules).allSatisfy(rule -> {
                        assertThat(rule.id()).matches("[a-z0-9]+([-.][a-z0-9]+)+");
                        assertThat(rule.sentence()).endsWith(".");
                    });
                });
    }

    private static List<Specification> specifications(KernelVersion version, TargetKind kind) {
        List<Specification> specifications =
                new ArrayList<>(List.of(Specifications.linux(version, kind), Specifications.promise(kind, version)));
        if (kind == TargetKind.EXT4) {
            specifications.add(Specifications.rfcExt4(version));
        }
        return specifications;
    }

    @ParameterizedTest
    @CsvSource({"6.12.117+deb13-cloud-amd64,6,12", "7.3.4,7,3", "6.11,6,11", "7.3-rc1,7,3"})
    void releasesAreRead(String release, int major, int minor) {
        assertThat(KernelVersion.parse(release)).isEqualTo(new KernelVersion(major, minor));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "linux", "6", ".1"})
    void whatIsNoReleaseIsRefused(String release) {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> KernelVersion.parse(release)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + release + "'");
    }

    private static KernelVersion v(String version) {
        return KernelVersion.parse(version);
    }
}
