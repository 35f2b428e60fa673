package io.untorn.conformance.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.conformance.generate.ComputedEnvironment;
import io.untorn.conformance.picture.Picture.Mark;
import io.untorn.conformance.picture.Picture.Piece;
import io.untorn.conformance.picture.Picture.Row;
import io.untorn.conformance.picture.Picture.Window;
import io.untorn.conformance.run.Simulated;
import io.untorn.model.history.Environment;
import io.untorn.model.history.History;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.RwFlags;
import io.untorn.model.operation.Sync;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Specification;
import io.untorn.model.rules.Specifications;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

/** Draws traces and histories. */
final class PictureTest {
    private static final Target XFS = new Target("xfs", TargetKind.XFS, 4096, 4096, true);
    private static final Target DEVICE = new Target("bdev", TargetKind.BLOCK_DEVICE, 512, 512, false);

    @Test
    void everyKindOfBlockIsDrawn() {
        String text = text(
                XFS,
                100,
                new Fallocate(Fallocate.Mode.ALLOCATE, 0, 16384),
                Write.atomic(4096, 4096),
                CloneRange.within(4096, 20480, 4096),
                Write.plain(Access.BUFFERED, 28672, 4096),
                Read.plain(Access.DIRECT, 0, 512),
                Sync.fsync(),
                new Truncate(8192));

        assertThat(text)
                .isEqualTo(
                        """
                        xfs on linux-7.3
                        no kernel ran: outcomes and blocks according to the rules; a character is 512

                             0       4K      8K      12K     16K     20K     24K     28K     32K
                             |-------|-------|-------|-------|-------|-------|-------|-------|-------

                          1. allocate of 16384 bytes at 0: returned 0, size 16K
                             wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww
                             --------------------------------

                          2. atomic write of 4096 bytes at 4096: returned 4096
                                     AAAAAAAA
                             --------###2####----------------

                          3. clone of 4096 bytes at 4096 to 20480: returned 0, size 24K
                                     rrrrrrrr                        wwwwwwww
                             --------===2====----------------........===2====

                          4. plain write of 4096 bytes at 28672, buffered: returned 4096, size 32K
                                                                                     wwwwwwww
                             --------===2====----------------........===2====........~~~4~~~~

                          5. read of 512 bytes at 0, direct: read 512 bytes
                             r
                             --------===2====----------------........===2====........~~~4~~~~

                          6. fsync: returned 0
                             --------===2====----------------........===2====........###4####

                          7. truncate to 8192 bytes: returned 0, size 8K
                                             w
                             --------===2====

                        A writes atomically, w writes or changes, r reads
                        . hole, - unwritten, # written, = shared, ~ delayed (cached, without blocks yet), % several of
                        them, a number: the operation whose data is there
                        """);
    }

    @Test
    void aBrokenRuleIsMarkedAtItsStep() {
        Picture picture = misaligned();

        assertThat(picture.title()).isEqualTo("xfs on 7.3: breaks offset-naturally-aligned");
        assertThat(picture.rows()).extracting(row -> row.broken().isPresent()).containsExactly(false, true);
        assertThat(picture.footnotes()).containsExactly("later operations, not judged: 1");
        assertThat(new TextPicture(picture, 120, Paint.PLAIN).toString())
                .contains(
                        "  2. atomic write of 4096 bytes at 512: returned 4096\n"
                                + "     breaks offset-naturally-aligned: The offset of an atomic write,",
                        "     expected: failed with EINVAL\n     actual: returned 4096\n      AAAAAAAA\n");
        assertThat(new SvgPicture(picture).toString())
                .contains("class=\"alarm\"", "breaks offset-naturally-aligned: The offset", "class=\"broken\"");
    }

    @Test
    void colourIsForTerminalsOnly() {
        assertThat(new TextPicture(misaligned(), 100, Paint.COLOUR).toString())
                .contains("\033[1;31matomic write of 4096 bytes at 512", "\033[32m###1####\033[0m");
        assertThat(new TextPicture(misaligned(), 100, Paint.PLAIN).toString()).doesNotContain("\033");
    }

    @Test
    void aDeviceHasZerosAndData() {
        Picture picture = expected(DEVICE, Write.atomic(8192, 4096), Write.atomic(1 << 28, 1024));

        assertThat(picture.windows())
                .containsExactly(new Window(0, 12800), new Window((1 << 28) - 512, (1 << 28) + 1536));
        assertThat(picture.rows().get(0).pieces())
                .startsWith(
                        new Piece(0, 8192, BlockState.ZEROS, Optional.empty()),
                        new Piece(8192, 12288, BlockState.WRITTEN, Optional.of(1)));
        assertThat(new TextPicture(picture, 60, Paint.PLAIN).toString()).contains("268434944", "#1", "2");
    }

    @Test
    void anAppendingWriteIsMarkedWhereItGoes() {
        List<Row> rows = expected(
                        XFS,
                        Write.plain(Access.DIRECT, 0, 8192),
                        Write.plain(Access.DIRECT, 0, 4096).with(RwFlags.of(RwFlag.APPEND)))
                .rows();

        assertThat(rows.get(1).marks()).containsExactly(new Mark(8192, 12288, MarkKind.CHANGE));
    }

    @Test
    void theReadingBackIsNotDrawn() {
        Trace trace = new Trace(XFS, List.of(Write.atomic(0, 4096)));
        SimulatedKernel kernel = new SimulatedKernel(SimulatedMachine.linux("7.3.4"));
        Environment environment = kernel.prepare(XFS);
        Picture picture = Illustrator.of(
                kernel.run(trace.withReadBack()), Specifications.linux(environment.kernel(), TargetKind.XFS));

        assertThat(picture.rows()).hasSize(1);
        assertThat(picture.footnotes()).containsExactly("reading back: as expected");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 57, 80, 200})
    void noLineIsWiderThanTheTerminal(int width) {
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            operations.add(Write.plain(Access.BUFFERED, ((long) i * i) << 20, 4096 << (i % 12)));
        }
        String text = text(XFS, width, operations.toArray(new Operation[0]));

        assertThat(text.lines()).allMatch(line -> line.length() <= Math.max(40, width));
    }

    @ParameterizedTest
    @EnumSource(TargetKind.class)
    void everythingGeneratedIsDrawn(TargetKind kind) throws Exception {
        Target target = new Target("some", kind, 4096, 4096, kind == TargetKind.XFS);
        SimulatedKernel kernel = new SimulatedKernel(SimulatedMachine.linux("7.3.4"));
        Environment environment = kernel.prepare(target);
        Specification specification = Specifications.linux(environment.kernel(), kind);
        for (Trace trace : Simulated.traces(target, environment, kernel.facilities(), 60)) {
            History history = kernel.run(trace.withReadBack());
            for (Picture picture : List.of(
                    Illustrator.of(history, specification), Illustrator.of(trace, environment, specification))) {
                assertThat(picture.rows()).hasSize(trace.operations().size());
                assertThat(new TextPicture(picture, 80, Paint.PLAIN).toString()).contains("  1. ");
                Document drawn = parsed(new SvgPicture(picture).toString());
                assertThat(drawn.getDocumentElement().getTagName()).isEqualTo("svg");
            }
        }
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static Picture misaligned() {
        Environment environment = ComputedEnvironment.of(XFS, KernelVersion.newest());
        List<Step> steps = List.of(
                new Step(Write.atomic(4096, 4096), 0, 0, new Outcome.Returned(4096)),
                new Step(Write.atomic(512, 4096), 1, 1, new Outcome.Returned(4096)),
                new Step(Sync.fsync(), 2, 2, Outcome.DONE));
        Trace trace = new Trace(XFS, steps.stream().map(Step::operation).collect(Collectors.toList()));
        return Illustrator.of(
                new History(trace, environment, steps, List.of(), List.of()),
                Specifications.linux(environment.kernel(), TargetKind.XFS));
    }

    private static Picture expected(Target target, Operation... operations) {
        return Illustrator.of(
                new Trace(target, List.of(operations)),
                ComputedEnvironment.of(target, KernelVersion.newest()),
                Specifications.linux(KernelVersion.newest(), target.kind()));
    }

    private static String text(Target target, int width, Operation... operations) {
        return new TextPicture(expected(target, operations), width, Paint.PLAIN).toString();
    }
}
